namespace VitLab.Torch
{
    public static partial class torch
    {
        /// <summary>Element types, numbered as in PyTorch. This engine stores those listed here and computes in Float32, Int64 and Bool.</summary>
        public enum ScalarType : sbyte
        {
            Byte = 0,
            Int32 = 3,
            Int64 = 4,
            Float32 = 6,
            Float64 = 7,
            Bool = 11,
        }
    }

    internal static class ScalarTypes
    {
        public static int Size(this torch.ScalarType type) => type switch
        {
            torch.ScalarType.Byte or torch.ScalarType.Bool => 1,
            torch.ScalarType.Int32 or torch.ScalarType.Float32 => 4,
            torch.ScalarType.Int64 or torch.ScalarType.Float64 => 8,
            _ => throw new NotSupportedException($"This engine has no {type} tensors."),
        };

        public static torch.ScalarType Of<T>() where T : unmanaged
        {
            if (typeof(T) == typeof(float)) return torch.ScalarType.Float32;
            if (typeof(T) == typeof(long)) return torch.ScalarType.Int64;
            if (typeof(T) == typeof(bool)) return torch.ScalarType.Bool;
            if (typeof(T) == typeof(byte)) return torch.ScalarType.Byte;
            if (typeof(T) == typeof(int)) return torch.ScalarType.Int32;
            if (typeof(T) == typeof(double)) return torch.ScalarType.Float64;
            throw new NotSupportedException($"This engine has no tensors of {typeof(T).Name}.");
        }

        public static bool IsFloating(this torch.ScalarType type) => type is torch.ScalarType.Float32 or torch.ScalarType.Float64;

        /// <summary>The wider of two element types, as PyTorch promotes them (bool, then integers, then floats).</summary>
        public static torch.ScalarType Promote(torch.ScalarType a, torch.ScalarType b) => Rank(a) >= Rank(b) ? a : b;

        private static int Rank(torch.ScalarType type) => type switch
        {
            torch.ScalarType.Bool => 0,
            torch.ScalarType.Byte => 1,
            torch.ScalarType.Int32 => 2,
            torch.ScalarType.Int64 => 3,
            torch.ScalarType.Float32 => 4,
            _ => 5,
        };
    }
}
