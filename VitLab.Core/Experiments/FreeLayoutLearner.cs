using VitLab.Data;
using VitLab.Detection;
using VitLab.Insight;
using VitLab.Models;
using VitLab.Vision;

namespace VitLab.Experiments;

/// <summary>
/// A <see cref="SceneDetector"/> on scenes. Every training batch has canvases of one size, drawn by chance among several, so that nothing is padded; its loss is
/// presence on every patch, and digit and box on those that answer for one.
/// </summary>
public sealed class FreeLayoutLearner : DigitLearner<SceneScore>
{
    /// <summary>What is less likely to be a digit is no candidate.</summary>
    private const float LeastPresence = 0.05f;

    /// <summary>Scenes that stand for a size of canvas.</summary>
    private const int MostOfASize = 2000;

    private readonly FreeLayout _experiment;
    private readonly FreeLayoutOptions _options;
    private readonly SceneDetector _network;
    private readonly SceneComposer _composer;
    private readonly SceneComposer _plain;

    public FreeLayoutLearner(FreeLayout experiment, FreeLayoutOptions options)
        : base(experiment, options, targetsPerSample: options.MostDigits * SceneTargets.Numbers)
    {
        (_experiment, _options) = (experiment, options);
        (_composer, _plain) = (options.ToComposer(), options.ToPlainComposer());
        torch.manual_seed(options.Seed);
        _network = new SceneDetector(options.ToConfig());
        Set(DetectorThresholds.Start);
    }

    public override nn.Module Network => _network;

    private DetectorThresholds Thresholds
    {
        get
        {
            var values = StateDict.ToHost(_network.Thresholds).Floats!;
            return new DetectorThresholds(values[0], values[1]);
        }
    }

    public override Tensor Loss(HostBatch batch) => Loss(_network.call(Inputs(batch)), batch, _options.LabelSmoothing);

    public override void Calibrate(ImageSet images, ReadOnlySpan<int> indices)
    {
        List<(List<SceneDigit> Digits, IReadOnlyList<FoundDigit> Candidates)> scenes = [];
        foreach (var (batch, _) in PlainBatches(images, indices.ToArray(), _experiment.Geometry(_options)))
        {
            scenes.AddRange(Answers(batch).Candidates(LeastPresence).Select((candidates, scene) => (DigitsOf(batch, scene), candidates)));
        }

        Set(DetectorThresholds.Best(thresholds => scenes.Count(scene =>
            SceneReading.InOrder(thresholds.Apply(scene.Candidates)).Select(digit => digit.Label).SequenceEqual(scene.Digits.Select(digit => digit.Label)))));
    }

    public override IEnumerable<EvaluationPart> EvaluateParts(ImageSet images, ReadOnlySpan<int> indices)
    {
        var (all, usual) = (indices.ToArray(), _experiment.Geometry(_options));
        var byDigits = all.GroupBy(index => _plain.PlainDigits(index)).OrderBy(group => group.Key)
            .Select(group => new EvaluationPart(group.Key == 1 ? "1 digit" : $"{group.Key} digits", Evaluate(images, [.. group], usual)));
        var bySize = TrainingCanvas.Measured.Where(size => IsSide(size.Height, _options.Patch) && IsSide(size.Width, _options.Patch)).Select(size => new EvaluationPart(
            $"{size.Width} × {size.Height} px{(TrainingCanvas.IsSeen(size.Height, size.Width) ? "" : ", never seen in training")}",
            Evaluate(images, [.. all.Take(MostOfASize)], usual with { Height = size.Height, Width = size.Width })));
        return byDigits.Concat(bySize);
    }

    public override Reading Read(PlanarImage prepared, bool withAttention)
    {
        using var recorder = withAttention ? new AttentionRecorder(_network.Backbone) : null;
        var answers = Answers(Single(prepared));
        var (grid, digits) = (answers.Grid, SceneReading.InOrder(Thresholds.Apply(answers.Candidates(LeastPresence)[0])));
        return new Reading(SceneReading.Text(digits), [.. digits.Select(digit => digit.Label)], [.. digits.Select(SceneReading.Region)], recorder?.ToMaps(grid.Rows, grid.Columns))
        {
            Presence = new PresenceMap(grid.Rows, grid.Columns, Array.ConvertAll(answers.Presence, presence => (byte)MathF.Round(presence * 255))),
        };
    }

    protected override InputGeometry TrainingPicture(ulong seed)
    {
        var (usual, random) = (_experiment.Geometry(_options), new SeededRandom(seed));
        if (!random.Chance((float)_options.OtherCanvases))
        {
            return usual;
        }

        var (height, width) = TrainingCanvas.Draw(ref random);
        return usual with { Height = height, Width = width };
    }

    protected override InputGeometry PictureOf(PlanarImage prepared)
    {
        var patch = _options.Patch;
        return IsSide(prepared.Width, patch) && IsSide(prepared.Height, patch) ? _experiment.Geometry(_options).Of(prepared) : throw new ArgumentException(
            $"prepared: expected sides of {SceneNormalizer.ShortestSide} to {SceneNormalizer.LongestSide} px in whole patches of {patch}, got {prepared.Width} × {prepared.Height}.", nameof(prepared));
    }

    protected override void ComposeSample(ImageSet images, ulong seed, int index, InputGeometry picture, Span<float> pixels, Span<long> targets)
    {
        Span<SceneDigit> digits = stackalloc SceneDigit[_options.MostDigits];
        SceneTargets.Write(digits[.._composer.Compose(images, seed, picture.Width, picture.Height, pixels, digits)], targets);
    }

    protected override void ComposePlainSample(ImageSet images, int index, InputGeometry picture, Span<float> pixels, Span<long> targets)
    {
        Span<SceneDigit> digits = stackalloc SceneDigit[_options.MostDigits];
        SceneTargets.Write(digits[.._plain.ComposePlain(images, index, picture.Width, picture.Height, pixels, digits)], targets);
    }

    private protected override SceneScore NewScore() => new(_experiment.Classes(_options).Count, Thresholds, _experiment.Measure);

    private protected override void Score(HostBatch batch, ReadOnlySpan<int> indices, SceneScore score)
    {
        using var evaluation = new EvalMode(_network);
        var tokens = _network.call(Inputs(batch));
        score.AddLoss(Loss(tokens, batch, smoothing: 0).ToSingle() * indices.Length);
        var scenes = PatchAnswers.Of(tokens, GridOf(batch)).Candidates(LeastPresence);
        for (var scene = 0; scene < indices.Length; scene++)
        {
            score.Add(indices[scene], DigitsOf(batch, scene), scenes[scene]);
        }
    }

    private Tensor Loss(SceneTokens tokens, HostBatch batch, double smoothing)
    {
        var grid = GridOf(batch);
        var targets = PatchTargets.Of(Enumerable.Range(0, batch.Count).Select(scene => DigitsOf(batch, scene)), batch.Count, grid);
        var (device, answering) = (Device, targets.Answering.Count);
        var presence = DetectionLoss.Presence(tokens.Presence, torch.tensor(targets.Presence, [batch.Count, grid.Count], device: device), answering);
        if (answering == 0)
        {
            return presence;
        }

        var patches = torch.tensor(targets.Answering.ToArray(), [answering], device: device);
        var (digits, boxes) = (tokens.Digits.flatten(0, 1).index_select(0, patches), tokens.Boxes.flatten(0, 1).index_select(0, patches));   // (M, classes), (M, 4)
        return presence
            + functional.cross_entropy(digits, torch.tensor(targets.Labels.ToArray(), [answering], device: device), label_smoothing: smoothing)
            + DetectionLoss.Boxes(boxes, torch.tensor(targets.Boxes.ToArray(), [answering, SceneDetector.BoxNumbers], device: device));
    }

    private PatchAnswers Answers(HostBatch batch)
    {
        using var evaluation = new EvalMode(_network);
        return PatchAnswers.Of(_network.call(Inputs(batch)), GridOf(batch));
    }

    private void Set(DetectorThresholds thresholds) =>
        StateDict.Copy(HostTensor.Of([thresholds.Presence, thresholds.Overlap], [2]), _network.Thresholds);

    private PatchGrid GridOf(HostBatch batch) => new((int)batch.InputShape[2] / _options.Patch, (int)batch.InputShape[3] / _options.Patch, _options.Patch);

    private List<SceneDigit> DigitsOf(HostBatch batch, int scene) => SceneTargets.Read(TargetsOf(batch, scene));

    private static bool IsSide(int pixels, int patch) => pixels is >= SceneNormalizer.ShortestSide and <= SceneNormalizer.LongestSide && pixels % patch == 0;
}
