using VitLab.Kernels;

namespace VitLab.Torch.Modules
{
    /// <summary>Steps of the running mean of gradients over the root of the running mean of their squares; weight decay is added to the gradient.</summary>
    public sealed class Adam : OptimizerHelper
    {
        public Adam(IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
            : this([new ParamGroup { Parameters = parameters }], lr, beta1, beta2, eps, weight_decay, amsgrad, maximize)
        {
        }

        public Adam(IEnumerable<ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
            : base(new Options(lr, beta1, beta2, eps, weight_decay, amsgrad, maximize), parameters)
        {
        }

        /// <summary>The running means of one parameter.</summary>
        public sealed class State : OptimizerState
        {
            public long step;
            public torch.Tensor exp_avg;
            public torch.Tensor exp_avg_sq;

            internal State(Parameter parameter)
                : base(parameter) => (exp_avg, exp_avg_sq) = (NewMoment(), NewMoment());

            internal override long Steps
            {
                get => step;
                set => step = value;
            }

            internal override torch.Tensor?[] Moments
            {
                get => [exp_avg, exp_avg_sq];
                set => (exp_avg, exp_avg_sq) = (value[0]!, value[1]!);
            }
        }

        public sealed class Options : OptimizerOptions
        {
            public double? beta1;
            public double? beta2;
            public double? weight_decay;
            public double? eps;
            public bool? amsgrad;
            public bool? maximize;

            public Options()
            {
            }

            internal Options(double lr, double beta1, double beta2, double eps, double weight_decay, bool amsgrad, bool maximize)
                : base(lr) => (this.beta1, this.beta2, this.eps, this.weight_decay, this.amsgrad, this.maximize) = (beta1, beta2, eps, weight_decay, amsgrad, maximize);

            internal override double Momentum
            {
                set => beta1 = value;
            }

            internal override double?[] Numbers
            {
                get => [beta1, beta2, eps, weight_decay];
                set => (beta1, beta2, eps, weight_decay) = (value[0], value[1], value[2], value[3]);
            }

            internal override bool?[] Switches
            {
                get => [amsgrad, maximize];
                set => (amsgrad, maximize) = (value[0], value[1]);
            }

            internal override void Check()
            {
                base.Check();
                AdamRule.Check(beta1, beta2, eps, weight_decay, amsgrad, maximize);
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

            public ParamGroup(IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
                : base(parameters, new Options(lr, beta1, beta2, eps, weight_decay, amsgrad, maximize))
            {
            }
        }

        private protected override OptimizerOptions NewOptions() => new Options();

        private protected override OptimizerState NewState(Parameter parameter) => new State(parameter);

        private protected override void Update(Span<float> w, ReadOnlySpan<float> g, OptimizerState state, OptimizerOptions options)
        {
            var (s, o) = ((State)state, (Options)options);
            AdamKernel.Step(w, g, s.exp_avg.Core.Floats, s.exp_avg_sq.Core.Floats, (float)o.LearningRate!.Value, (float)o.beta1!.Value, (float)o.beta2!.Value,
                (float)o.eps!.Value, (float)o.weight_decay!.Value, decoupled: false, ++s.step);
        }
    }

    /// <summary>The bounds that Adam and AdamW share.</summary>
    internal static class AdamRule
    {
        public static void Check(double? beta1, double? beta2, double? eps, double? weight_decay, bool? amsgrad, bool? maximize)
        {
            if (beta1 is < 0 or >= 1 || beta2 is < 0 or >= 1)
                throw new ArgumentException($"Invalid betas: ({beta1}, {beta2}); each must be in [0, 1).");
            if (eps < 0 || weight_decay < 0)
                throw new ArgumentException($"Invalid eps {eps} or weight_decay {weight_decay}: neither may be negative.");
            if (amsgrad == true || maximize == true)
                throw new NotSupportedException("This engine's Adam has neither amsgrad nor maximize.");
        }
    }
}

namespace VitLab.Torch
{
    public static partial class torch
    {
        public static partial class optim
        {
            public static Adam Adam(IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

            public static Adam Adam(IEnumerable<(string name, Parameter parameter)> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new(parameters.Select(entry => entry.parameter), lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

            public static Adam Adam(IEnumerable<Modules.Adam.ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);
        }
    }
}
