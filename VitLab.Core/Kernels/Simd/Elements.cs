using System.Runtime.CompilerServices;

namespace VitLab.Kernels.Simd;

/// <summary>An elementwise operation: what happens to the elements i..i+Width-1.</summary>
internal interface IElements
{
    /// <summary>Marked for inlining by every implementation, so that the loop around it keeps its fields in registers.</summary>
    void At<T>(nint i) where T : unmanaged, ILanes<T>;
}

/// <summary>Runs an elementwise operation over the workers, in whole registers with a scalar tail.</summary>
internal static class Elements
{
    /// <param name="cost">What one element costs, in multiply-adds of a matrix product (which takes some hundredths of a nanosecond each).</param>
    public static void Run<TOperation>(in TOperation operation, int count, int cost) where TOperation : unmanaged, IElements
    {
        if (count <= 0) return;
        var job = new Job<TOperation> { Operation = operation, Count = count };
        Workers.Run(Workers.PartsFor((long)count * cost, (count + 63) / 64), ref job);
    }

    private struct Job<TOperation> : IParts where TOperation : unmanaged, IElements
    {
        public TOperation Operation;
        public int Count;

        [MethodImpl(Hot.Loop)]
        public readonly void Run<T>(int part, int parts) where T : unmanaged, ILanes<T>
        {
            var operation = Operation;
            var share = Split.Of(Count, part, parts, 64);
            nint i = share.First, end = share.End;
            for (; i <= end - T.Width; i += T.Width) operation.At<T>(i);
            for (; i < end; i++) operation.At<LanesScalar>(i);
        }
    }
}
