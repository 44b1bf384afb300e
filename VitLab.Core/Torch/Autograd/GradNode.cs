using VitLab.Torch.Memory;
using VitLab.Torch.Tensors;

namespace VitLab.Torch.Autograd
{
    /// <summary>
    /// One op of the graph: what it read, what it saved and the function that turns the gradient of its result into gradients of its
    /// inputs. Pooled, with a few plain slots instead of a closure, so that recording a step makes no garbage.
    /// </summary>
    internal sealed class GradNode
    {
        private static long s_sequence;

        private readonly DataBuffer?[] _saved = new DataBuffer?[4];
        private TensorCore[] _inputs = new TensorCore[4];
        private int[] _versions = new int[4];
        private int _count;
        private Action<GradNode>? _backward;
        private Variable _output = null!;
        private DataBuffer _outputData = null!;

        /// <summary>Position on the tape: an op comes after everything it read.</summary>
        public long Sequence { get; private set; }

        /// <summary>The engine's mark of the backward pass this node is queued in.</summary>
        public long QueuedIn { get; set; }

        public Dims OutputShape { get; private set; }

        public int InputCount => _count;

        public Variable Output => _output;

        /// <summary>Free slots for an op's own constants.</summary>
        public double A { get; set; }

        public double B { get; set; }

        public long I { get; set; }

        public long J { get; set; }

        public ulong Seed { get; set; }

        public object? State { get; set; }

        /// <summary>Whether an op over these inputs has to be recorded.</summary>
        public static bool IsWanted(params ReadOnlySpan<torch.Tensor?> inputs)
        {
            if (!GradMode.Enabled)
                return false;
            foreach (var input in inputs)
                if (input is not null && input.Core.Variable is not null)
                    return true;
            return false;
        }

        /// <summary>Makes <paramref name="output"/> (fresh, not a view) the result of this op. Check <see cref="IsWanted"/> first.</summary>
        /// <param name="backward">A static function; inputs are numbered as given here, null ones left out.</param>
        public static GradNode Record(torch.Tensor output, Action<GradNode> backward, params ReadOnlySpan<torch.Tensor?> inputs)
        {
            var node = ObjectPool<GradNode>.Take();
            var core = output.Core;
            node.Sequence = Interlocked.Increment(ref s_sequence);
            node.QueuedIn = 0;
            node._backward = backward;
            node.OutputShape = core.Shape;
            node._outputData = core.Data;
            node._count = 0;
            foreach (var input in inputs)
                if (input is not null)
                    node.Add(input.Core);
            var variable = Variable.New();
            variable.Node = node;
            node._output = variable;
            core.MakeVariable(variable);
            return node;
        }

        public TensorCore Input(int index) => _inputs[index];

        public bool Wants(int index) => _inputs[index].Variable is not null;

        /// <summary>Data of a contiguous input as the op read it.</summary>
        public ReadOnlySpan<float> Data(int index)
        {
            CheckVersion(index);
            return _inputs[index].Floats;
        }

        /// <summary>Data of an input from its first element on, for strided reading.</summary>
        public ReadOnlySpan<float> DataFrom(int index)
        {
            CheckVersion(index);
            return _inputs[index].FloatsFrom;
        }

        /// <summary>Gradient of the result, row-major in <see cref="OutputShape"/>.</summary>
        public ReadOnlySpan<float> Gradient => _output.Gradient!.AsSpan<float>();

        /// <summary>Where the gradient of a contiguous input goes; empty when nobody wants it.</summary>
        public Span<float> GradientOf(int index, out bool accumulate)
        {
            var span = GradientFrom(index, out accumulate);
            return span.IsEmpty ? span : span[..(int)_inputs[index].Count];
        }

        /// <summary>The same from the input's first element on, for writing through its strides.</summary>
        /// <param name="isBroadcast">The op writes some elements several times, so it must add in any case.</param>
        public Span<float> GradientFrom(int index, out bool accumulate, bool isBroadcast = false)
        {
            var input = _inputs[index];
            accumulate = false;
            if (input.Variable is not { } variable)
                return default;
            var coversAll = !isBroadcast && input.Count * sizeof(float) == input.Data.Length && Layout.IsDense(input.Shape, input.Strides);
            return variable.WritableGradient(input.Data, coversAll, out accumulate)[(int)input.Offset..];
        }

        /// <summary>Where the gradient of a contiguous input is added up; set to 0 first when nothing is there. Empty when nobody wants it.</summary>
        public Span<float> GradientSum(int index)
        {
            var input = _inputs[index];
            if (input.Variable is not { } variable)
                return default;
            return variable.WritableGradient(input.Data, coversAll: false, out _).Slice((int)input.Offset, (int)input.Count);
        }

        /// <summary>
        /// Lets an input that the op only passed on (a sum's term) share the result's gradient instead of copying it. False when the
        /// input has a gradient already or looks at its data in another way, or when somebody may change the gradient afterwards.
        /// </summary>
        public bool TryForwardGradient(int index)
        {
            var input = _inputs[index];
            if (input.Variable is not { Gradient: null, IsLeaf: false, RetainsGradient: false } variable || _output.RetainsGradient)
                return false;
            if (!input.IsContiguous || input.Offset != 0 || input.Data.Length != _outputData.Length || !input.Shape.Same(OutputShape) || ReferenceEquals(variable, _output))
                return false;
            var gradient = _output.Gradient!;
            gradient.Retain();
            variable.SetGradient(gradient);
            return true;
        }

        /// <summary>Keeps a buffer for backward (a copy of the reference, not of the data).</summary>
        public void Save(int slot, DataBuffer buffer)
        {
            buffer.Retain();
            _saved[slot] = buffer;
        }

        public ReadOnlySpan<float> Saved(int slot) => _saved[slot] is { } buffer ? buffer.AsSpan<float>() : default;

        public ReadOnlySpan<T> Saved<T>(int slot) where T : unmanaged => _saved[slot] is { } buffer ? buffer.AsSpan<T>() : default;

        public void Run() => _backward!(this);

        /// <summary>Lets everything go and returns the node to the pool.</summary>
        public void Free()
        {
            for (var i = 0; i < _count; i++)
            {
                var input = _inputs[i];
                _inputs[i] = null!;
                input.Release();
            }
            for (var i = 0; i < _saved.Length; i++)
            {
                _saved[i]?.Release();
                _saved[i] = null;
            }
            _count = 0;
            _backward = null;
            _output = null!;
            _outputData = null!;
            State = null;
            ObjectPool<GradNode>.Return(this);
        }

        private void Add(TensorCore input)
        {
            if (_count == _inputs.Length)
            {
                Array.Resize(ref _inputs, 2 * _count);
                Array.Resize(ref _versions, 2 * _count);
            }
            input.Retain();
            _versions[_count] = input.Data.Version;
            _inputs[_count++] = input;
        }

        private void CheckVersion(int index)
        {
            var version = _inputs[index].Data.Version;
            if (version != _versions[index])
                throw new InvalidOperationException($"one of the variables needed for gradient computation has been modified by an inplace operation: a tensor of shape {_inputs[index].Shape} is at version {version}; expected version {_versions[index]} instead.");
        }
    }
}
