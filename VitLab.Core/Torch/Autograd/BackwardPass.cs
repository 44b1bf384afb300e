namespace VitLab.Torch.Autograd
{
    /// <summary>
    /// Walks the graph from newest to oldest op. An op's number on the tape is higher than those of everything it read, so a heap by
    /// number visits each op after all that use its result, and its gradient is complete by then.
    /// </summary>
    internal sealed class BackwardPass
    {
        private const string FreedGraph = "Trying to backward through the graph a second time (or directly access saved tensors after they have already been freed). Saved intermediate values of the graph are freed when you call .backward() or autograd.grad(). Specify retain_graph=True if you need to backward through the graph a second time or if you need to access saved tensors after calling backward.";

        [ThreadStatic]
        private static BackwardPass? s_current;

        private static long s_passes;

        private readonly PriorityQueue<Variable, long> _queue = new();
        private long _pass;

        public static BackwardPass Current => s_current ??= new BackwardPass();

        public static void ThrowFreedGraph() => throw new InvalidOperationException(FreedGraph);

        public void Run(Variable root, bool retainGraph)
        {
            _pass = Interlocked.Increment(ref s_passes);
            try
            {
                Enqueue(root);
                while (_queue.TryDequeue(out var variable, out _))
                {
                    Step(variable, retainGraph);
                    variable.Release();
                }
            }
            finally
            {
                while (_queue.TryDequeue(out var variable, out _))
                    variable.Release();
            }
        }

        private void Step(Variable variable, bool retainGraph)
        {
            var node = variable.Node!;
            if (variable.Gradient is not null)
                node.Run();
            for (var i = 0; i < node.InputCount; i++)
                if (node.Input(i).Variable is { } input)
                    Enqueue(input);
            if (!retainGraph)
            {
                variable.Node = null;
                variable.IsGraphFreed = true;
                node.Free();
            }
            if (!variable.RetainsGradient)
                variable.ClearGradient();
        }

        private void Enqueue(Variable variable)
        {
            if (variable.IsGraphFreed)
                ThrowFreedGraph();
            if (variable.Node is not { } node || node.QueuedIn == _pass)
                return;
            node.QueuedIn = _pass;
            variable.Retain();
            _queue.Enqueue(variable, -node.Sequence);
        }
    }
}
