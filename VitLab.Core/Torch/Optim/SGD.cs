using VitLab.Kernels;

namespace VitLab.Torch.Modules
{
    /// <summary>Stochastic gradient descent with optional momentum.</summary>
    public sealed class SGD : OptimizerHelper
    {
        public SGD(IEnumerable<Parameter> parameters, double lr, double momentum = 0.0, double dampening = 0.0, double weight_decay = 0.0, bool nesterov = false, bool maximize = false)
            : this([new ParamGroup { Parameters = parameters }], lr, momentum, dampening, weight_decay, nesterov, maximize)
        {
        }

        public SGD(IEnumerable<ParamGroup> parameters, double lr, double momentum = 0.0, double dampening = 0.0, double weight_decay = 0.0, bool nesterov = false, bool maximize = false)
            : base(new Options(lr, momentum, dampening, weight_decay, nesterov, maximize), parameters)
        {
        }

        /// <summary>The momentum of one parameter.</summary>
        public sealed class State : OptimizerState
        {
            /// <summary>Null without momentum, and before the first step with it.</summary>
            public torch.Tensor? momentum_buffer;

            internal State(Parameter parameter)
                : base(parameter)
            {
            }

            internal override torch.Tensor?[] Moments
            {
                get => [momentum_buffer];
                set => momentum_buffer = value[0];
            }
        }

        public sealed class Options : OptimizerOptions
        {
            public double? momentum;
            public double? dampening;
            public double? weight_decay;
            public bool? nesterov;
            public bool? maximize;

            public Options()
            {
            }

            internal Options(double lr, double momentum, double dampening, double weight_decay, bool nesterov, bool maximize)
                : base(lr) => (this.momentum, this.dampening, this.weight_decay, this.nesterov, this.maximize) = (momentum, dampening, weight_decay, nesterov, maximize);

            internal override double Momentum
            {
                set => momentum = value;
            }

            internal override double?[] Numbers
            {
                get => [momentum, dampening, weight_decay];
                set => (momentum, dampening, weight_decay) = (value[0], value[1], value[2]);
            }

            internal override bool?[] Switches
            {
                get => [nesterov, maximize];
                set => (nesterov, maximize) = (value[0], value[1]);
            }

            internal override void Check()
            {
                base.Check();
                if (momentum < 0 || weight_decay < 0)
                    throw new ArgumentException($"Invalid momentum {momentum} or weight_decay {weight_decay}: neither may be negative.");
                if (nesterov == true && (momentum <= 0 || dampening != 0))
                    throw new ArgumentException("Nesterov momentum requires a momentum and zero dampening");
                if (maximize == true)
                    throw new NotSupportedException("This engine's SGD has no maximize.");
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

            public ParamGroup(IEnumerable<Parameter> parameters, double lr = 1e-3, double momentum = 0.0, double dampening = 0.0, double weight_decay = 0.0, bool nesterov = false, bool maximize = false)
                : base(parameters, new Options(lr, momentum, dampening, weight_decay, nesterov, maximize))
            {
            }
        }

        private protected override OptimizerOptions NewOptions() => new Options();

        private protected override OptimizerState NewState(Parameter parameter) => new State(parameter);

        private protected override void Update(Span<float> w, ReadOnlySpan<float> g, OptimizerState state, OptimizerOptions options)
        {
            var (s, o) = ((State)state, (Options)options);
            var isFirst = s.momentum_buffer is null;
            if (isFirst && o.momentum > 0)
                s.momentum_buffer = s.NewMoment();
            SgdKernel.Step(w, g, s.momentum_buffer is { } buffer ? buffer.Core.Floats : default, (float)o.LearningRate!.Value, (float)o.momentum!.Value, (float)o.dampening!.Value,
                (float)o.weight_decay!.Value, o.nesterov!.Value, isFirst);
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
