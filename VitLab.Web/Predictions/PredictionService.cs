using VitLab.Experiments;
using VitLab.Insight;
using VitLab.Vision;

namespace VitLab.Web.Predictions;

/// <summary>Answers drawings with shipped checkpoints, finished runs, and the newest weights of a run that is training.</summary>
public class PredictionService
{
    /// <summary>Everything that can answer: live runs first, then shipped checkpoints, then other runs that have a checkpoint, newest first.</summary>
    public virtual IReadOnlyList<WeightsChoice> Choices() => throw new NotImplementedException();

    /// <summary>Reads a drawing or a picture. An empty one gives an answer without a reading.</summary>
    /// <exception cref="VitLab.Web.Runs.RunException">No such weights, or neither drawing nor pixels.</exception>
    public virtual Task<PredictionAnswer> PredictAsync(PredictionRequest request, CancellationToken ct = default) => throw new NotImplementedException();
}

/// <param name="Id">"single-digit", "single-digit-d16", or a run id (its newest weights).</param>
/// <param name="Live">The run is training: the answer moves with it.</param>
/// <param name="Metrics">Best validation metrics known, or the metrics a shipped checkpoint was measured at.</param>
public sealed record WeightsChoice(string Id, string Name, string Experiment, string Preset, long Step, bool Live, IReadOnlyDictionary<string, double>? Metrics);

/// <param name="Weights">Id of a <see cref="WeightsChoice"/>.</param>
/// <param name="Center">MNIST's normalisation; off keeps the drawing where it is.</param>
public sealed record PredictionRequest(string Weights, Drawing? Drawing = null, GrayImage? Picture = null, bool Center = true, bool Attention = true);

/// <param name="Reading">Null when nothing is drawn.</param>
/// <param name="Seen">The picture the model got; null when nothing is drawn.</param>
/// <param name="Milliseconds">From request to answer, on the server.</param>
public sealed record PredictionAnswer(
    Reading? Reading,
    IReadOnlyList<string> Classes,
    GrayImage? Seen,
    InputGeometry Geometry,
    AttentionMaps? Attention,
    AnsweringWeights Weights,
    double Milliseconds);

public sealed record AnsweringWeights(string Id, string Name, long Step);
