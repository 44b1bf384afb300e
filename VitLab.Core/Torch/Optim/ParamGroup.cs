namespace VitLab.Torch.Modules
{
    /// <summary>Options of a group of parameters; what is null comes from the optimizer.</summary>
    public class OptimizerOptions
    {
        public double? LearningRate { get; set; }

        public double InitialLearningRate { get; set; }

        /// <summary>Momentum, or what stands for it; set by schedules that cycle it.</summary>
        internal virtual double Momentum
        {
            set => throw new NotSupportedException("optimizer must support momentum or beta1 with `cycle_momentum` option enabled");
        }

        internal virtual void Save(BinaryWriter writer)
        {
            writer.Write(InitialLearningRate);
            writer.Write(LearningRate!.Value);
        }

        internal virtual void Load(BinaryReader reader)
        {
            InitialLearningRate = reader.ReadDouble();
            LearningRate = reader.ReadDouble();
        }

        internal virtual void Load(OptimizerOptions source)
        {
            InitialLearningRate = source.InitialLearningRate;
            LearningRate = source.LearningRate;
        }
    }

    /// <summary>What an optimizer remembers about one parameter.</summary>
    public abstract class OptimizerState
    {
        internal abstract void Save(BinaryWriter writer);

        internal abstract void Load(BinaryReader reader);

        internal abstract void Load(OptimizerState source);

        internal abstract void Release();

        // A tensor as its length and its numbers; -1 for none.
        private protected static void Write(BinaryWriter writer, torch.Tensor? tensor)
        {
            writer.Write(tensor is null ? -1L : tensor.Core.Count);
            if (tensor is null)
                return;
            foreach (var value in tensor.Core.Floats)
                writer.Write(value);
        }

        private protected static void Read(BinaryReader reader, torch.Tensor? tensor)
        {
            var count = reader.ReadInt64();
            if (count != (tensor?.Core.Count ?? -1))
                throw new InvalidDataException($"The optimizer state was saved for a parameter of {count} elements, but this one has {tensor?.Core.Count ?? -1}.");
            if (tensor is null)
                return;
            foreach (ref var value in tensor.Core.Floats)
                value = reader.ReadSingle();
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
