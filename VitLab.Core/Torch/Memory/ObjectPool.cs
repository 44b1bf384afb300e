namespace VitLab.Torch.Memory
{
    /// <summary>Free bookkeeping objects of one thread, so that a warm step makes no garbage.</summary>
    internal static class ObjectPool<T> where T : class, new()
    {
        private const int MaxRetained = 1 << 16;

        [ThreadStatic]
        private static Stack<T>? s_free;

        public static T Take() => s_free is { Count: > 0 } free ? free.Pop() : new T();

        public static void Return(T item)
        {
            var free = s_free ??= new Stack<T>();
            if (free.Count < MaxRetained)
                free.Push(item);
        }
    }
}
