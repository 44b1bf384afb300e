using VitLab.Kernels;

namespace VitLab.Torch.Modules
{
    /// <summary>Stochastic gradient descent with optional momentum.</summary>
    public sealed class SGD : OptimizerHelper
    {
        private readonly Options _defaults;

        public SGD(IEnumerable<Parameter> parameters, double lr, double momentum = 0.0, double dampening = 0.0, double weight_decay = 0.0, bool nesterov = false, bool maximize = false)
            : this([new ParamGroup { Parameters = parameters }], lr, momentum, dampening, weight_decay, nesterov, maximize)
        {
        }

        public SGD(IEnumerable<ParamGroup> parameters, double lr, double momentum = 0.0, double dampening = 0.0, double weight_decay = 0.0, bool nesterov = false, bool maximize = false)
        {
            _defaults = NewOptions(lr, momentum, dampening, weight_decay, nesterov, maximize);
            foreach (var group in parameters)
                add_param_group(group);
        }

        /// <summary>The momentum of one parameter.</summary>
        public sealed class State : OptimizerState
        {
            private torch.Tensor? _buffer;

            /// <summary>Null without momentum. Who sets it goes on from it: the next step is not the first.</summary>
            public torch.Tensor? momentum_buffer
            {
                get => _buffer;
                set => (_buffer, IsStarted) = (value, true);
            }

            internal State(Parameter parameter, bool hasMomentum) => _buffer = hasMomentum ? torch.zeros_like(parameter).DetachFromDisposeScope() : null;

            internal bool IsStarted { get; set; }

            internal override void Save(BinaryWriter writer)
            {
                writer.Write(IsStarted);
                Write(writer, momentum_buffer);
            }

            internal override void Load(BinaryReader reader)
            {
                IsStarted = reader.ReadBoolean();
                Read(reader, momentum_buffer);
            }

            internal override void Load(OptimizerState source)
            {
                var from = (State)source;
                using var _ = torch.no_grad();
                IsStarted = from.IsStarted;
                if (from.momentum_buffer is { } buffer)
                    momentum_buffer?.copy_(buffer);
            }

            internal override void Release() => momentum_buffer?.Dispose();
        }

        public sealed class Options : OptimizerOptions
        {
            public double? momentum;
            public double? dampening;
            public double? weight_decay;
            public bool? nesterov;
            public bool? maximize;

            internal override double Momentum
            {
                set => momentum = value;
            }

            internal override void Save(BinaryWriter writer)
            {
                base.Save(writer);
                writer.Write(momentum!.Value);
                writer.Write(dampening!.Value);
                writer.Write(weight_decay!.Value);
                writer.Write(nesterov!.Value);
            }

            internal override void Load(BinaryReader reader)
            {
                base.Load(reader);
                momentum = reader.ReadDouble();
                dampening = reader.ReadDouble();
                weight_decay = reader.ReadDouble();
                nesterov = reader.ReadBoolean();
            }

            internal override void Load(OptimizerOptions source)
            {
                base.Load(source);
                var from = (Options)source;
                (momentum, dampening, weight_decay, nesterov, maximize) = (from.momentum, from.dampening, from.weight_decay, from.nesterov, from.maximize);
            }
        }

        public sealed class ParamGroup : ParamGroup<Options>
        {
            public ParamGroup()
            {
            }

            public ParamGroup(IEnumerable<Parameter> parameters, Options options)
                : base(parameters, options)
            {
            }

            public ParamGroup(IEnumerable<Parameter> parameters, double lr, double momentum = 0.0, double dampening = 0.0, double weight_decay = 0.0, bool nesterov = false, bool maximize = false)
                : base(parameters, NewOptions(lr, momentum, dampening, weight_decay, nesterov, maximize))
            {
            }
        }

        private static Options NewOptions(double lr, double momentum, double dampening, double weight_decay, bool nesterov, bool maximize) => new()
        {
            LearningRate = lr,
            InitialLearningRate = lr,
            momentum = momentum,
            dampening = dampening,
            weight_decay = weight_decay,
            nesterov = nesterov,
            maximize = maximize,
        };

        private protected override void Complete(Modules.ParamGroup group)
        {
            var options = (Options)(group.Options ??= new Options());
            options.LearningRate ??= _defaults.LearningRate;
            options.momentum ??= _defaults.momentum;
            options.dampening ??= _defaults.dampening;
            options.weight_decay ??= _defaults.weight_decay;
            options.nesterov ??= _defaults.nesterov;
            options.maximize ??= _defaults.maximize;
            if (options.LearningRate < 0 || options.momentum < 0 || options.weight_decay < 0)
                throw new ArgumentException($"Invalid learning rate {options.LearningRate}, momentum {options.momentum} or weight_decay {options.weight_decay}: none may be negative.");
            if (options.nesterov == true && (options.momentum <= 0 || options.dampening != 0))
                throw new ArgumentException("Nesterov momentum requires a momentum and zero dampening");
            if (options.maximize == true)
                throw new NotSupportedException("This engine's SGD has no maximize.");
        }

        private protected override OptimizerState NewState(Parameter parameter, OptimizerOptions options) => new State(parameter, ((Options)options).momentum > 0);

        private protected override void Update(Span<float> w, ReadOnlySpan<float> g, OptimizerState state, OptimizerOptions options)
        {
            var (s, o) = ((State)state, (Options)options);
            SgdKernel.Step(w, g, s.momentum_buffer is { } buffer ? buffer.Core.Floats : default, (float)o.LearningRate!.Value, (float)o.momentum!.Value, (float)o.dampening!.Value,
                (float)o.weight_decay!.Value, o.nesterov!.Value, first: !s.IsStarted);
            s.IsStarted = true;
        }
    }
}

namespace VitLab.Torch
{
    public static partial class torch
    {
        public static partial class optim
        {
            public static SGD SGD(IEnumerable<Parameter> parameters, double learningRate, double momentum = 0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false) =>
                new(parameters, learningRate, momentum, dampening, weight_decay, nesterov, maximize);

            public static SGD SGD(IEnumerable<(string name, Parameter parameter)> parameters, double learningRate, double momentum = 0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false) =>
                new(parameters.Select(entry => entry.parameter), learningRate, momentum, dampening, weight_decay, nesterov, maximize);

            public static SGD SGD(IEnumerable<Modules.SGD.ParamGroup> parameters, double learningRate, double momentum = 0.0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false) =>
                new(parameters, learningRate, momentum, dampening, weight_decay, nesterov, maximize);
        }
    }
}
