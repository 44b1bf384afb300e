using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace VitLab.Torch.Memory
{
    /// <summary>
    /// Pooled memory of tensors and gradients, 64-byte aligned on the pinned heap. Counted: the last <see cref="Release"/> hands it back
    /// to the calling thread's pool. A buffer that is never released is ordinary garbage.
    /// </summary>
    internal sealed class DataBuffer
    {
        private const int Alignment = 64;
        private readonly byte[] _bytes;
        private readonly int _start;
        private int _owners;

        public DataBuffer(int capacity)
        {
            _bytes = GC.AllocateUninitializedArray<byte>(capacity + Alignment, pinned: true);
            var address = (long)Marshal.UnsafeAddrOfPinnedArrayElement(_bytes, 0);
            _start = (int)(-address & (Alignment - 1));
            Capacity = capacity;
        }

        public int Capacity { get; }

        /// <summary>Bytes in use.</summary>
        public int Length { get; private set; }

        /// <summary>Counts writes in place, so that backward notices when a value it needs is gone.</summary>
        public int Version { get; set; }

        /// <summary>How many variables call this buffer their gradient; above 1 it must be copied before it is added to.</summary>
        public int GradientOwners { get; set; }

        public Span<T> AsSpan<T>() where T : unmanaged =>
            MemoryMarshal.CreateSpan(ref Unsafe.As<byte, T>(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_bytes), _start)), Length / Unsafe.SizeOf<T>());

        public static DataBuffer Rent(long bytes)
        {
            if (bytes > int.MaxValue - 2 * Alignment)
                throw new InvalidOperationException($"A tensor of {bytes:N0} bytes is too large; the limit is 2 GiB.");
            var buffer = BufferPool.Current.Take((int)bytes);
            buffer.Length = (int)bytes;
            buffer._owners = 1;
            buffer.GradientOwners = 0;
            buffer.Version = 0;
            return buffer;
        }

        public void Retain() => Interlocked.Increment(ref _owners);

        public void Release()
        {
            if (Interlocked.Decrement(ref _owners) == 0)
                BufferPool.Current.Return(this);
        }
    }
}
