using VitLab.Kernels;

namespace VitLab.Torch.Modules
{
    /// <summary>Adam and AdamW: steps of the running mean of gradients over the root of the running mean of their squares.</summary>
    public abstract class AdamBase : OptimizerHelper
    {
        private readonly Options _defaults;
        private readonly bool _isDecoupled;

        private protected AdamBase(bool isDecoupled, IEnumerable<ParamGroup> parameters, Options defaults)
        {
            (_isDecoupled, _defaults) = (isDecoupled, defaults);
            foreach (var group in parameters)
                add_param_group(group);
        }

        /// <summary>Running means of one parameter.</summary>
        public sealed class State : OptimizerState
        {
            public long step;
            public torch.Tensor exp_avg;
            public torch.Tensor exp_avg_sq;

            internal State(Parameter parameter) => (exp_avg, exp_avg_sq) = (Zeros(parameter), Zeros(parameter));

            internal override void Save(BinaryWriter writer)
            {
                writer.Write(step);
                Write(writer, exp_avg);
                Write(writer, exp_avg_sq);
            }

            internal override void Load(BinaryReader reader)
            {
                step = reader.ReadInt64();
                Read(reader, exp_avg);
                Read(reader, exp_avg_sq);
            }

            internal override void Load(OptimizerState source)
            {
                var from = (State)source;
                using var _ = torch.no_grad();
                step = from.step;
                exp_avg.copy_(from.exp_avg);
                exp_avg_sq.copy_(from.exp_avg_sq);
            }

            internal override void Release()
            {
                exp_avg.Dispose();
                exp_avg_sq.Dispose();
            }

            private static torch.Tensor Zeros(Parameter parameter) => torch.zeros_like(parameter).DetachFromDisposeScope();
        }

        public class Options : OptimizerOptions
        {
            public double? beta1;
            public double? beta2;
            public double? weight_decay;
            public double? eps;
            public bool? amsgrad;
            public bool? maximize;

            internal override double Momentum
            {
                set => beta1 = value;
            }

            internal override void Save(BinaryWriter writer)
            {
                base.Save(writer);
                writer.Write(beta1!.Value);
                writer.Write(beta2!.Value);
                writer.Write(eps!.Value);
                writer.Write(weight_decay!.Value);
            }

            internal override void Load(BinaryReader reader)
            {
                base.Load(reader);
                beta1 = reader.ReadDouble();
                beta2 = reader.ReadDouble();
                eps = reader.ReadDouble();
                weight_decay = reader.ReadDouble();
            }

            internal override void Load(OptimizerOptions source)
            {
                base.Load(source);
                var from = (Options)source;
                (beta1, beta2, eps, weight_decay, amsgrad, maximize) = (from.beta1, from.beta2, from.eps, from.weight_decay, from.amsgrad, from.maximize);
            }
        }

        public class ParamGroup : ParamGroup<Options>
        {
            public ParamGroup()
            {
            }

            public ParamGroup(IEnumerable<Parameter> parameters, Options options)
                : base(parameters, options)
            {
            }

            public ParamGroup(IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
                : base(parameters, NewOptions(lr, beta1, beta2, eps, weight_decay, amsgrad, maximize))
            {
            }
        }

        internal static Options NewOptions(double lr, double beta1, double beta2, double eps, double weight_decay, bool amsgrad, bool maximize) => new()
        {
            LearningRate = lr,
            InitialLearningRate = lr,
            beta1 = beta1,
            beta2 = beta2,
            eps = eps,
            weight_decay = weight_decay,
            amsgrad = amsgrad,
            maximize = maximize,
        };

        private protected override void Complete(Modules.ParamGroup group)
        {
            var options = (Options)(group.Options ??= new Options());
            options.LearningRate ??= _defaults.LearningRate;
            options.beta1 ??= _defaults.beta1;
            options.beta2 ??= _defaults.beta2;
            options.eps ??= _defaults.eps;
            options.weight_decay ??= _defaults.weight_decay;
            options.amsgrad ??= _defaults.amsgrad;
            options.maximize ??= _defaults.maximize;
            if (options.LearningRate < 0)
                throw new ArgumentException($"Invalid learning rate: {options.LearningRate}");
            if (options.beta1 is < 0 or >= 1 || options.beta2 is < 0 or >= 1)
                throw new ArgumentException($"Invalid betas: ({options.beta1}, {options.beta2}); each must be in [0, 1).");
            if (options.eps < 0 || options.weight_decay < 0)
                throw new ArgumentException($"Invalid eps {options.eps} or weight_decay {options.weight_decay}: neither may be negative.");
            if (options.amsgrad == true || options.maximize == true)
                throw new NotSupportedException("This engine's Adam has neither amsgrad nor maximize.");
        }

        private protected override OptimizerState NewState(Parameter parameter, OptimizerOptions options) => new State(parameter);

        private protected override void Update(Span<float> w, ReadOnlySpan<float> g, OptimizerState state, OptimizerOptions options)
        {
            var (s, o) = ((State)state, (Options)options);
            s.step++;
            AdamKernel.Step(w, g, s.exp_avg.Core.Floats, s.exp_avg_sq.Core.Floats, (float)o.LearningRate!.Value, (float)o.beta1!.Value, (float)o.beta2!.Value,
                (float)o.eps!.Value, (float)o.weight_decay!.Value, _isDecoupled, s.step);
        }
    }

    /// <summary>Adam; weight decay is added to the gradient.</summary>
    public sealed class Adam : AdamBase
    {
        public Adam(IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
            : this([new ParamGroup { Parameters = parameters }], lr, beta1, beta2, eps, weight_decay, amsgrad, maximize)
        {
        }

        public Adam(IEnumerable<ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
            : base(isDecoupled: false, parameters, NewOptions(lr, beta1, beta2, eps, weight_decay, amsgrad, maximize))
        {
        }
    }

    /// <summary>Adam with weight decay applied to the weights themselves.</summary>
    public sealed class AdamW : AdamBase
    {
        public AdamW(IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
            : this([new ParamGroup { Parameters = parameters }], lr, beta1, beta2, eps, weight_decay, amsgrad, maximize)
        {
        }

        public AdamW(IEnumerable<ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
            : base(isDecoupled: true, parameters, NewOptions(lr, beta1, beta2, eps, weight_decay, amsgrad, maximize))
        {
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

            /// <summary>Weight decay is 0 unless given, as in TorchSharp (not 0.01, as in PyTorch).</summary>
            public static AdamW AdamW(IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

            public static AdamW AdamW(IEnumerable<(string name, Parameter parameter)> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new(parameters.Select(entry => entry.parameter), lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

            public static AdamW AdamW(IEnumerable<Modules.AdamW.ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);
        }
    }
}
