using VitLab.Data;
using VitLab.Detection;

namespace VitLab.Experiments;

/// <summary>Counts what a detector found in scenes: whole answers in reading order, and boxes against boxes.</summary>
/// <param name="thresholds">By which answers are read.</param>
/// <param name="measure">The metrics of whole answers.</param>
public sealed class SceneScore(int classes, DetectorThresholds thresholds, Func<AnswerCount, IReadOnlyDictionary<string, double>> measure)
    : DigitScore(classes, measure)
{
    /// <summary>Keys of the metrics of boxes.</summary>
    public const string MeanAveragePrecision = "mAP50", Precision = "precision50", Recall = "recall50", FoundAccuracy = "foundAccuracy", EmptyFalseAlarm = "emptyFalseAlarm", PresenceError = "presenceError";

    private readonly List<(float Score, bool Right)>[] _answers = [.. Enumerable.Range(0, classes).Select(_ => new List<(float, bool)>())];
    private readonly List<(float Sureness, bool Right)> _presences = [];
    private readonly int[] _truths = new int[classes];
    private int _found, _matched, _named, _empties, _alarms;

    /// <param name="index">Of the scene in its split.</param>
    /// <param name="truth">In reading order.</param>
    /// <param name="candidates">What every patch that is not sure of the contrary says.</param>
    public void Add(int index, IReadOnlyList<SceneDigit> truth, IReadOnlyList<FoundDigit> candidates)
    {
        var found = Suppression.Apply(candidates, thresholds.Overlap);   // whatever their presence: the curve of precision over recall needs the unsure ones
        CountAveragePrecision(truth, found);
        var kept = found.TakeWhile(digit => digit.Presence >= thresholds.Presence).ToList();
        AddAnswer([.. truth.Select(digit => digit.Label)], [.. SceneReading.InOrder(kept).Select(digit => digit.Label)]);
        (_empties, _alarms) = truth.Count > 0 ? (_empties, _alarms) : (_empties + 1, _alarms + (kept.Count > 0 ? 1 : 0));

        var matches = BoxMatching.Match([.. found.Select(digit => digit.Box)], [.. truth.Select(digit => digit.Box)]);
        for (var i = 0; i < found.Count; i++)
        {
            _presences.Add((found[i].Presence, matches[i] != BoxMatching.Nothing));
            if (i < kept.Count && matches[i] != BoxMatching.Nothing)
            {
                var label = truth[matches[i]].Label;
                (_matched, _named) = (_matched + 1, _named + (label == found[i].Label ? 1 : 0));
                AddDigit(index, label, found[i].Label, found[i].Probabilities[found[i].Label]);
            }
        }

        _found += kept.Count;
    }

    public override Evaluation ToEvaluation()
    {
        var plain = base.ToEvaluation();
        var precisions = Enumerable.Range(0, _truths.Length).Select(label => AveragePrecision.Of(_answers[label], _truths[label])).OfType<double>().ToList();
        return plain with
        {
            Metrics = new Dictionary<string, double>(plain.Metrics)
            {
                [MeanAveragePrecision] = precisions.Count == 0 ? 0 : precisions.Average(),
                [Precision] = Share(_matched, _found),
                [Recall] = Share(_matched, _truths.Sum()),
                [FoundAccuracy] = Share(_named, _matched),
                [EmptyFalseAlarm] = Share(_alarms, _empties),
                [PresenceError] = CalibrationError.Of(_presences),
            },
        };
    }

    private void CountAveragePrecision(IReadOnlyList<SceneDigit> truth, List<FoundDigit> found)
    {
        for (var label = 0; label < _truths.Length; label++)
        {
            var boxes = truth.Where(digit => digit.Label == label).Select(digit => digit.Box).ToList();
            var named = found.Where(digit => digit.Label == label).OrderByDescending(digit => digit.Score).ToList();
            var matches = BoxMatching.Match([.. named.Select(digit => digit.Box)], boxes);
            _answers[label].AddRange(named.Zip(matches, static (digit, match) => (digit.Score, match != BoxMatching.Nothing)));
            _truths[label] += boxes.Count;
        }
    }

    private static double Share(int part, int whole) => whole == 0 ? 0 : (double)part / whole;
}
