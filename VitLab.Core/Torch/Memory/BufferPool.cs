using System.Numerics;

namespace VitLab.Torch.Memory
{
    /// <summary>
    /// Free buffers of one thread by size class (four classes per power of two, so at most a quarter is wasted). Last in, first out: the
    /// memory a step touches next is the memory it touched last. A pool dies with its thread; what it holds beyond half of the memory that
    /// this process may use is left to the garbage collector: a step needs again what the one before it needed, and memory that is made anew is
    /// cleared by the system page by page.
    /// </summary>
    internal sealed class BufferPool
    {
        private const int Smallest = 64;
        private static readonly long s_mostRetainedBytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2;

        [ThreadStatic]
        private static BufferPool? s_current;

        private readonly Stack<DataBuffer>?[] _free = new Stack<DataBuffer>[128];

        public static BufferPool Current => s_current ??= new BufferPool();

        /// <summary>Buffers handed out and not yet back. For the tests: 0 when everything made on this thread was disposed on it.</summary>
        public int Outstanding { get; private set; }

        /// <summary>What is used of them.</summary>
        public long OutstandingBytes { get; private set; }

        /// <summary>Buffers that had to be made because none was free.</summary>
        public long Created { get; private set; }

        public long RetainedBytes { get; private set; }

        public DataBuffer Take(int bytes)
        {
            Outstanding++;
            OutstandingBytes += bytes;
            var (index, capacity) = SizeClass(bytes);
            if (_free[index] is { Count: > 0 } stack)
            {
                RetainedBytes -= capacity;
                return stack.Pop();
            }
            Created++;
            return new DataBuffer(capacity);
        }

        public void Return(DataBuffer buffer)
        {
            Outstanding--;
            OutstandingBytes -= buffer.Length;
            if (RetainedBytes + buffer.Capacity > s_mostRetainedBytes)
                return;
            RetainedBytes += buffer.Capacity;
            var (index, _) = SizeClass(buffer.Capacity);
            (_free[index] ??= new Stack<DataBuffer>()).Push(buffer);
        }

        private static (int Index, int Capacity) SizeClass(int bytes)
        {
            if (bytes <= Smallest)
                return (0, Smallest);
            var log = BitOperations.Log2((uint)(bytes - 1));           // 2^log < bytes <= 2^(log + 1)
            var quarter = 1L << (log - 2);
            var steps = (int)((bytes - 1 - (1L << log)) / quarter);    // 0..3
            var capacity = (1L << log) + (steps + 1) * quarter;
            return ((log - 6) * 4 + steps + 1, (int)Math.Min(capacity, int.MaxValue - 128));
        }
    }
}
