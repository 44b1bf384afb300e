using VitLab.Data;
using VitLab.Experiments;
using VitLab.Insight;
using VitLab.Vision;

namespace VitLab.Tests.Training;

/// <summary>An experiment whose loss throws after so many batches; anything else is the real one's.</summary>
internal sealed class TroubledExperiment(Experiment real, Exception trouble, int after) : Experiment
{
    public override string Id => real.Id;

    public override ExperimentCard Card => real.Card;

    public override IReadOnlyList<ExperimentPreset> Presets => real.Presets;

    public override Type OptionsType => real.OptionsType;

    public override IReadOnlyList<string> Classes(TrainingOptions options) => real.Classes(options);

    public override InputGeometry Geometry(TrainingOptions options) => real.Geometry(options);

    public override Sample Sample(ImageSet images, int index, TrainingOptions options) => real.Sample(images, index, options);

    public override Learner CreateLearner(TrainingOptions options) => new TroubledLearner(real.CreateLearner(options), trouble, after);

    public override ModelCost Cost(TrainingOptions options) => real.Cost(options);

    public override IReadOnlyDictionary<string, double> Measure(AnswerCount answers) => real.Measure(answers);

    public override PlanarImage? Prepare(Drawing drawing, TrainingOptions options, bool center = true) => real.Prepare(drawing, options, center);

    public override PlanarImage? Prepare(PlanarImage picture, TrainingOptions options, bool center = true) => real.Prepare(picture, options, center);

    private sealed class TroubledLearner(Learner real, Exception trouble, int after) : Learner
    {
        private int _batches;

        public override nn.Module Network => real.Network;

        public override HostBatch Compose(ImageSet images, ReadOnlySpan<int> indices, int epoch, HostBatch? reuse = null) => real.Compose(images, indices, epoch, reuse);

        public override HostBatch ComposePlain(ImageSet images, ReadOnlySpan<int> indices, HostBatch? reuse = null) => real.ComposePlain(images, indices, reuse);

        public override Tensor Loss(HostBatch batch) => _batches++ < after ? real.Loss(batch) : throw trouble;

        public override Evaluation Evaluate(ImageSet images, ReadOnlySpan<int> indices) => real.Evaluate(images, indices);

        public override Reading Read(PlanarImage prepared, bool withAttention) => real.Read(prepared, withAttention);

        public override void Dispose() => real.Dispose();
    }
}
