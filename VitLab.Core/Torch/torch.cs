namespace VitLab.Torch
{
    /// <summary>The dialect's root: tensors, creation, grad mode and random numbers, spelled as TorchSharp spells them.</summary>
    public static partial class torch
    {
        public static readonly ScalarType uint8 = ScalarType.Byte;
        public static readonly ScalarType int32 = ScalarType.Int32;
        public static readonly ScalarType int64 = ScalarType.Int64;
        public static readonly ScalarType float32 = ScalarType.Float32;
        public static readonly ScalarType float64 = ScalarType.Float64;
        public static readonly ScalarType @bool = ScalarType.Bool;
        public static readonly ScalarType @long = ScalarType.Int64;
        public static readonly ScalarType @float = ScalarType.Float32;

        /// <summary>The one device of this engine.</summary>
        public static readonly Device CPU = new(DeviceType.CPU);

        /// <summary>Layers, losses and parameters.</summary>
        public static partial class nn
        {
            /// <summary>Layers without state, and losses.</summary>
            public static partial class functional;
        }

        /// <summary>Optimizers.</summary>
        public static partial class optim
        {
            /// <summary>Learning-rate schedules.</summary>
            public static partial class lr_scheduler;
        }
    }
}
