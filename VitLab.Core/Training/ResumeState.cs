using System.Text.Json;
using VitLab.Experiments;
using VitLab.Models;

namespace VitLab.Training;

/// <summary>The counters a resumed run goes on with, kept as JSON in the checkpoint's metadata. Random state is not among them: it follows from seed and step.</summary>
internal sealed record ResumeState
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    /// <summary>Kind of optimizer the moments belong to.</summary>
    public string Optimizer { get; init; } = "";

    /// <summary>Steps behind the optimizer's bias correction.</summary>
    public long OptimizerSteps { get; init; }

    public int EpochsClosed { get; init; }

    public double EpochLossSum { get; init; }

    public int EpochLossSteps { get; init; }

    /// <summary>Primary metric of the best whole validation; null before the first.</summary>
    public double? Best { get; init; }

    public int BestEpoch { get; init; }

    public long BestStep { get; init; }

    public RateOverride? RateOverride { get; init; }

    public double ActiveSeconds { get; init; }

    public IReadOnlyDictionary<string, double> BestMetrics { get; init; } = new Dictionary<string, double>();

    public string ToJson() => JsonSerializer.Serialize(this, s_json);

    /// <exception cref="CheckpointException">When the checkpoint holds weights alone, or counters that make no sense.</exception>
    public static ResumeState Of(CheckpointInfo info)
    {
        if (info.TrainingState is null)
        {
            throw new CheckpointException(info.Experiment, "it holds weights alone, without the optimizer's state: start a new run from it instead of resuming.");
        }

        try
        {
            return JsonSerializer.Deserialize<ResumeState>(info.TrainingState, s_json) ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            throw new CheckpointException(info.Experiment, $"its training state is not valid: {e.Message}", e);
        }
    }
}
