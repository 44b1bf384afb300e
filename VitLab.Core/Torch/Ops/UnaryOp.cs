using VitLab.Torch.Autograd;

namespace VitLab.Torch.Ops
{
    /// <summary>y = f(x; a), element by element, with one optional constant. A subclass gives f and its derivative on contiguous pieces.</summary>
    internal abstract class UnaryOp
    {
        private readonly Action<GradNode> _backward;

        protected UnaryOp() => _backward = Backward;

        public abstract string Name { get; }

        public abstract void Forward(ReadOnlySpan<float> x, Span<float> y, float a);

        /// <summary>g = dy · f'(x); y is f(x).</summary>
        public abstract void Gradient(ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> g, float a);

        public torch.Tensor Apply(torch.Tensor input, double a = 0)
        {
            var x = (input.dtype == torch.ScalarType.Float32 ? input : input.to(torch.ScalarType.Float32)).Contiguous();
            var y = torch.Tensor.New(x.Core.Shape);
            Forward(x.Core.Floats, y.Core.Floats, (float)a);
            if (GradNode.IsWanted(x))
            {
                var node = GradNode.Record(y, _backward, x);
                node.Save(0, y.Core.Data);
                node.A = a;
            }
            return y;
        }

        private void Backward(GradNode node)
        {
            ReadOnlySpan<float> x = node.Data(0), y = node.Saved(0), dy = node.Gradient;
            var into = node.GradientOf(0, out var accumulate);
            if (!accumulate)
            {
                Gradient(x, y, dy, into, (float)node.A);
                return;
            }
            Span<float> g = stackalloc float[RowReader.Chunk];
            for (var i = 0; i < dy.Length; i += RowReader.Chunk)
            {
                var n = Math.Min(RowReader.Chunk, dy.Length - i);
                Gradient(x.Slice(i, n), y.Slice(i, n), dy.Slice(i, n), g[..n], (float)node.A);
                RowReader.Write(g[..n], into, i, 1, accumulate: true);
            }
        }
    }

    /// <summary>A unary op made of two functions.</summary>
    internal sealed class UnaryFunction(string name, UnaryFunction.ForwardRow forward, UnaryFunction.GradientRow gradient) : UnaryOp
    {
        public delegate void ForwardRow(ReadOnlySpan<float> x, Span<float> y, float a);

        public delegate void GradientRow(ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> g, float a);

        public override string Name => name;

        public override void Forward(ReadOnlySpan<float> x, Span<float> y, float a) => forward(x, y, a);

        public override void Gradient(ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> g, float a) => gradient(x, y, dy, g, a);
    }
}
