namespace VitLab.Torch.Modules
{
    /// <summary>Options of a group of parameters; what is null comes from the optimizer.</summary>
    public class OptimizerOptions
    {
        public OptimizerOptions()
        {
        }

        private protected OptimizerOptions(double lr) => (LearningRate, InitialLearningRate) = (lr, lr);

        public double? LearningRate { get; set; }

        public double InitialLearningRate { get; set; }

        /// <summary>Momentum, or what stands for it; set by schedules that cycle it.</summary>
        internal virtual double Momentum
        {
            set => throw new NotSupportedException("optimizer must support momentum or beta1 with `cycle_momentum` option enabled");
        }

        /// <summary>The numbers beside the learning rate, in a fixed order.</summary>
        internal virtual double?[] Numbers
        {
            get => [];
            set { }
        }

        /// <summary>What is on or off, in a fixed order.</summary>
        internal virtual bool?[] Switches
        {
            get => [];
            set { }
        }

        /// <exception cref="ArgumentException">When an option is out of its range.</exception>
        internal virtual void Check()
        {
            if (LearningRate < 0)
                throw new ArgumentException($"Invalid learning rate: {LearningRate}");
        }

        internal void CompleteFrom(OptimizerOptions defaults)
        {
            LearningRate ??= defaults.LearningRate;
            Numbers = [.. Numbers.Zip(defaults.Numbers, (own, other) => own ?? other)];
            Switches = [.. Switches.Zip(defaults.Switches, (own, other) => own ?? other)];
            Check();
        }

        internal void Save(BinaryWriter writer)
        {
            writer.Write(InitialLearningRate);
            writer.Write(LearningRate!.Value);
            foreach (var number in Numbers)
                writer.Write(number!.Value);
            foreach (var isOn in Switches)
                writer.Write(isOn!.Value);
        }

        internal void Load(BinaryReader reader)
        {
            InitialLearningRate = reader.ReadDouble();
            LearningRate = reader.ReadDouble();
            Numbers = [.. Numbers.Select(_ => reader.ReadDouble())];
            Switches = [.. Switches.Select(_ => reader.ReadBoolean())];
        }

        internal void Load(OptimizerOptions source) =>
            (InitialLearningRate, LearningRate, Numbers, Switches) = (source.InitialLearningRate, source.LearningRate, source.Numbers, source.Switches);
    }

    /// <summary>What an optimizer remembers about one parameter.</summary>
    public abstract class OptimizerState
    {
        private readonly Parameter _parameter;

        private protected OptimizerState(Parameter parameter) => _parameter = parameter;

        /// <summary>Steps taken, where the rule counts them.</summary>
        internal virtual long Steps { get; set; }

        /// <summary>The running means, in a fixed order; null where there is none yet.</summary>
        internal abstract torch.Tensor?[] Moments { get; set; }

        internal void Save(BinaryWriter writer)
        {
            writer.Write(Steps);
            foreach (var moment in Moments)
                Write(writer, moment);
        }

        internal void Load(BinaryReader reader)
        {
            Steps = reader.ReadInt64();
            Moments = [.. Moments.Select(moment => Read(reader, moment))];
        }

        internal void Load(OptimizerState source)
        {
            using var _ = torch.no_grad();
            Release();
            Steps = source.Steps;
            Moments = [.. source.Moments.Select(moment => moment?.clone().DetachFromDisposeScope())];
        }

        internal void Release()
        {
            foreach (var moment in Moments)
                moment?.Dispose();
        }

        internal torch.Tensor NewMoment()
        {
            using var _ = torch.no_grad();
            return torch.zeros_like(_parameter).DetachFromDisposeScope();
        }

        // A tensor as its length and its numbers; -1 for none.
        private static void Write(BinaryWriter writer, torch.Tensor? tensor)
        {
            writer.Write(tensor is null ? -1L : tensor.Core.Count);
            if (tensor is null)
                return;
            foreach (var value in tensor.Core.Floats)
                writer.Write(value);
        }

        private torch.Tensor? Read(BinaryReader reader, torch.Tensor? moment)
        {
            var count = reader.ReadInt64();
            if (count < 0)
            {
                moment?.Dispose();
                return null;
            }
            if (count != _parameter.Core.Count)
                throw new InvalidDataException($"The optimizer state was saved for a parameter of {count} elements, but this one has {_parameter.Core.Count}.");
            moment ??= NewMoment();
            foreach (ref var value in moment.Core.Floats)
                value = reader.ReadSingle();
            return moment;
        }
    }

    /// <summary>Parameters that share options.</summary>
    public class ParamGroup : torch.optim.ILearningRateController
    {
        private Parameter[] _parameters = [];

        public IEnumerable<Parameter> Parameters
        {
            get => _parameters;
            set => _parameters = [.. value];
        }

        public OptimizerOptions Options { get; set; } = null!;

        public double LearningRate
        {
            get => Options.LearningRate!.Value;
            set => Options.LearningRate = value;
        }

        public double InitialLearningRate
        {
            get => Options.InitialLearningRate;
            set => Options.InitialLearningRate = value;
        }

        internal Parameter[] List => _parameters;
    }

    public class ParamGroup<TOptions> : ParamGroup where TOptions : OptimizerOptions
    {
        public ParamGroup()
        {
        }

        public ParamGroup(IEnumerable<Parameter> parameters, TOptions? options = null)
        {
            Parameters = parameters;
            Options = options!;
        }

        public new TOptions Options
        {
            get => (TOptions)base.Options;
            set => base.Options = value;
        }
    }
}
