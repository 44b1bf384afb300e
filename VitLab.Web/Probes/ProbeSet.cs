using System.Collections.Concurrent;
using VitLab.Data;
using VitLab.Experiments;
using VitLab.Vision;
using VitLab.Web.Runs;

namespace VitLab.Web.Probes;

/// <summary>A picture whose reading is followed while a run learns.</summary>
/// <param name="Id">"v0" … "v11" from the validation split, or the id of a pinned drawing.</param>
/// <param name="Truth">Class index; null when nobody said.</param>
/// <param name="Image">Prepared, as the model sees it.</param>
public sealed record Probe(string Id, int? Truth, GrayImage Image, bool Pinned);

/// <summary>The probes of a run: twelve fixed validation digits of its data, and what is pinned in the lab.</summary>
public sealed class ProbeSet(LabData data, PinnedProbes pinned)
{
    public const int FixedProbes = 12;

    private readonly ConcurrentDictionary<(string Data, int Seed), Probe[]> _fixed = new();

    /// <summary>Changes with the pinned drawings.</summary>
    internal int Version => pinned.Version;

    /// <summary>Loads the run's data when it is not in memory.</summary>
    /// <exception cref="DataException">The data cannot be had.</exception>
    public async Task<IReadOnlyList<Probe>> OfAsync(RunRecord run, CancellationToken ct)
    {
        var key = (run.Options.Data, run.Options.Seed);
        if (!_fixed.TryGetValue(key, out var digits))
        {
            digits = Choose((await data.LoadAsync(key.Data, key.Seed, ct: ct)).Validation);
            _fixed[key] = digits;
        }

        var experiment = ExperimentCatalog.Find(run.Experiment);
        var drawn = pinned.List()
            .Select(pin => (Pin: pin, Image: experiment.Prepare(pin.Drawing, run.Options)))
            .Where(pair => pair.Image is not null)
            .Select(pair => new Probe(pair.Pin.Id, pair.Pin.Drawing.Label is [var label] ? label : null, pair.Image!, Pinned: true));
        return [.. digits, .. drawn];
    }

    /// <summary>One of each class first, then what comes next, so that a glance over the wall sees every class.</summary>
    private static Probe[] Choose(ImageSet validation)
    {
        var firsts = Enumerable.Range(0, validation.Count).DistinctBy(validation.Label).OrderBy(validation.Label).Take(FixedProbes).ToList();
        var rest = Enumerable.Range(0, validation.Count).Except(firsts).Take(FixedProbes - firsts.Count);
        return [.. firsts.Concat(rest).Select((index, n) => new Probe($"v{n}", validation.Label(index), Picture(validation, index), Pinned: false))];
    }

    internal static GrayImage Picture(ImageSet images, int index) => new(images.Width, images.Height, images.Image(index)[..(images.Width * images.Height)].ToArray());
}
