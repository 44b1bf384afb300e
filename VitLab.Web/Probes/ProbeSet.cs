using System.Runtime.CompilerServices;
using VitLab.Data;
using VitLab.Experiments;
using VitLab.Web.Runs;

namespace VitLab.Web.Probes;

/// <summary>The probes of a run: twelve fixed validation samples of its task, and the pinned drawings that were made on a canvas like its own.</summary>
public sealed class ProbeSet(LabData data, PinnedProbes pinned)
{
    public const int FixedProbes = 12;

    private const int SearchedSamples = 200;

    // By the options a run keeps for its whole life, so that what was prepared for it goes when it goes.
    private readonly ConditionalWeakTable<TrainingOptions, Probe[]> _fixed = [];
    private readonly ConditionalWeakTable<TrainingOptions, ConditionalWeakTable<PinnedProbe, Probe>> _pinned = [];

    /// <summary>Changes with the pinned drawings.</summary>
    internal int Version => pinned.Version;

    /// <summary>Loads the run's data when it is not in memory.</summary>
    /// <exception cref="DataException">The data cannot be had.</exception>
    public async Task<IReadOnlyList<Probe>> OfAsync(RunRecord run, CancellationToken ct)
    {
        var experiment = ExperimentCatalog.Find(run.Experiment);
        if (!_fixed.TryGetValue(run.Options, out var chosen))
        {
            chosen = Choose(experiment, (await data.LoadAsync(run.Options.Data, run.Options.Seed, ct: ct)).Validation, run.Options);
            _fixed.AddOrUpdate(run.Options, chosen);
        }

        var canvas = experiment.Canvas(run.Options);
        return [.. chosen, .. pinned.List().Where(pin => canvas?.Fits(pin.Drawing) ?? false).Select(pin => Prepared(experiment, pin, run.Options)).OfType<Probe>()];
    }

    /// <summary>The first samples in which each class is seen, then what comes next, so that a glance over the wall sees every class.</summary>
    private static Probe[] Choose(Experiment experiment, ImageSet validation, TrainingOptions options)
    {
        var firsts = new SortedDictionary<int, int>();
        for (var index = 0; index < Math.Min(validation.Count, SearchedSamples) && firsts.Count < experiment.Classes(options).Count; index++)
        {
            foreach (var label in experiment.Probe(validation, index, options).Labels) firsts.TryAdd(label, index);
        }

        return [.. firsts.Values.Concat(Enumerable.Range(0, validation.Count)).Distinct().Take(FixedProbes)
            .Select(index => experiment.Probe(validation, index, options))
            .Select((sample, n) => new Probe($"v{n}", sample.Labels, sample.Picture, Pinned: false))];
    }

    /// <returns>Null when nothing is left of the drawing in the model's eyes.</returns>
    private Probe? Prepared(Experiment experiment, PinnedProbe pin, TrainingOptions options)
    {
        var known = _pinned.GetOrCreateValue(options);
        if (known.TryGetValue(pin, out var probe)) return probe;
        if (experiment.Prepare(pin.Drawing, options) is not { } picture) return null;
        probe = new Probe(pin.Id, pin.Drawing.Label, picture, Pinned: true);
        known.AddOrUpdate(pin, probe);
        return probe;
    }
}
