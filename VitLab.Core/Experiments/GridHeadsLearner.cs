using System.Globalization;
using VitLab.Data;
using VitLab.Insight;
using VitLab.Models;
using VitLab.Vision;

namespace VitLab.Experiments;

/// <summary>A <see cref="GridClassifier"/> with cross entropy over all cells; an empty cell is a class of its own.</summary>
public sealed class GridHeadsLearner : GridLearner
{
    private readonly GridHeadsOptions _options;
    private readonly GridClassifier _network;

    public GridHeadsLearner(GridHeads experiment, GridHeadsOptions options)
        : base(experiment, options, targetsPerSample: options.Cells)
    {
        _options = options;
        torch.manual_seed(options.Seed);
        _network = new GridClassifier(options.ToConfig());
    }

    public override nn.Module Network => _network;

    public override Tensor Loss(HostBatch batch)
    {
        var logits = _network.call(Inputs(batch)).flatten(0, 1);                // (B · cells, classes)
        return functional.cross_entropy(logits, Targets(batch).flatten(), label_smoothing: _options.LabelSmoothing);
    }

    public override Reading Read(PlanarImage prepared, bool withAttention)
    {
        using var recorder = withAttention ? new AttentionRecorder(_network.Backbone) : null;
        var probabilities = Probabilities(Single(prepared));
        RegionReading[] cells = [.. probabilities.Chunk(_network.Config.Classes).Select((row, cell) => new RegionReading(Likelihood.Largest(row), row, BoxOf(cell)))];
        return new Reading(
            string.Join(' ', cells.Select(cell => cell.Predicted == GridHeads.EmptyClass ? "·" : cell.Predicted.ToString(CultureInfo.InvariantCulture))),
            [.. cells.Select(cell => cell.Predicted).Where(predicted => predicted != GridHeads.EmptyClass)],
            cells,
            recorder?.ToMaps());
    }

    protected override void WriteTargets(ReadOnlySpan<int> labels, Span<long> targets)
    {
        for (var cell = 0; cell < labels.Length; cell++)
        {
            targets[cell] = labels[cell] == GridComposer.Empty ? GridHeads.EmptyClass : labels[cell];
        }
    }

    private protected override void Score(HostBatch batch, ReadOnlySpan<int> indices, DigitScore score)
    {
        var (cells, classes) = (_options.Cells, _network.Config.Classes);
        var probabilities = Probabilities(batch);
        Span<int> truth = stackalloc int[cells];
        Span<int> answer = stackalloc int[cells];
        Span<float> sureness = stackalloc float[cells];
        for (var grid = 0; grid < indices.Length; grid++)
        {
            var targets = TargetsOf(batch, grid);
            double loss = 0;
            for (var cell = 0; cell < cells; cell++)
            {
                var row = probabilities.AsSpan(((grid * cells) + cell) * classes, classes);
                truth[cell] = (int)targets[cell];
                answer[cell] = Likelihood.Largest(row);
                sureness[cell] = row[answer[cell]];
                loss += Likelihood.NegativeLog(row[truth[cell]]);
            }

            score.Add(indices[grid], truth, answer, sureness);
            score.AddLoss(loss / cells);
        }
    }

    /// <summary>(B, cells, classes), row-major.</summary>
    private float[] Probabilities(HostBatch batch)
    {
        using var evaluation = new EvalMode(_network);
        return functional.softmax(_network.call(Inputs(batch)), dim: -1).cpu().data<float>().ToArray();
    }

    private RegionBox BoxOf(int cell) => new(cell % _options.Side * GridComposer.CellSide, cell / _options.Side * GridComposer.CellSide, GridComposer.CellSide, GridComposer.CellSide);
}
