using System.Security.Cryptography;
using System.Text.Json;
using VitLab.Vision;
using VitLab.Web.Runs;
using VitLab.Web.Startup;

namespace VitLab.Web.Corrections;

/// <summary>
/// The lab's corrections in <c>corrections/corrections.jsonl</c>. Every change replaces the file as a whole before it counts, so that a
/// process that dies or a disk that is full leaves everything as it was.
/// </summary>
public class CorrectionStore : ICorrectedDrawings
{
    public const int Limit = 2_000;
    internal const int LongestName = 200;

    private readonly Lock _gate = new();
    private readonly Subscribers _subscribers = new();
    private readonly string _path;
    private readonly RunFiles _files;
    private readonly TimeProvider _clock;
    private Correction[] _corrections = [];
    private Correction[] _deleted = [];

    /// <param name="path">Made with the first correction. A file with lines that are no corrections is kept aside under <c>.broken</c>; a torn last line is dropped.</param>
    public CorrectionStore(string path, RunFiles files, TimeProvider clock)
    {
        (_path, _files, _clock) = (path, files, clock);
        try
        {
            _corrections = Read();
        }
        catch (Exception e) when (RunFiles.IsDiskTrouble(e))
        {
            Trouble = $"{_path} cannot be read: {e.Message}";
        }
    }

    /// <summary>Why the file could not be read, for people; null when all is well. Until it can be, nothing is changed.</summary>
    public virtual string? Trouble { get; private set; }

    /// <summary>Oldest first.</summary>
    public virtual IReadOnlyList<Correction> List() => _corrections;

    /// <inheritdoc/>
    public IReadOnlyList<Drawing> Drawings => [.. List().Select(correction => correction.Drawing)];

    /// <exception cref="RunNotFoundException">No correction of that id.</exception>
    public Correction Get(string id) => List().FirstOrDefault(correction => correction.Id == id) ?? throw Missing(id);

    /// <param name="drawing">Labelled with the digit it is.</param>
    /// <param name="readAs">What a model took it for.</param>
    /// <param name="weights">Id of the weights that read it.</param>
    /// <exception cref="RunException">Nothing is drawn, or the drawing has not exactly one label.</exception>
    /// <exception cref="RunConflictException">There are 2,000 already.</exception>
    /// <exception cref="IOException">The disk cannot take it.</exception>
    public Correction Add(Drawing drawing, int? readAs = null, string? weights = null) =>
        AddAll([new Correction("", drawing, default) { ReadAs = readAs, Weights = weights }])[0];

    /// <summary>Takes all of them or none.</summary>
    /// <param name="drafts">They get ids; one without a date gets today's.</param>
    /// <inheritdoc cref="Add"/>
    public virtual IReadOnlyList<Correction> AddAll(IReadOnlyList<Correction> drafts)
    {
        foreach (var draft in drafts) Check(draft);
        var now = _clock.GetUtcNow();
        Correction[] added = [.. drafts.Select(draft => draft with { Id = NewId(), Date = draft.Date == default ? now : draft.Date })];
        Change(() => Save([.. _corrections, .. added]));
        return added;
    }

    /// <exception cref="RunNotFoundException">No correction of that id.</exception>
    /// <exception cref="RunException">Not a digit.</exception>
    /// <exception cref="IOException">The disk cannot take it.</exception>
    public virtual Correction Relabel(string id, int label)
    {
        RequireDigit("label", label);
        return Change(() =>
        {
            var known = Get(id);
            var relabelled = known with { Drawing = known.Drawing with { Label = [label] } };
            Save([.. _corrections.Select(correction => correction == known ? relabelled : correction)]);
            return relabelled;
        });
    }

    /// <summary>Takes corrections out; <see cref="Restore"/> brings them back as long as this process lives.</summary>
    /// <returns>Those that were there.</returns>
    /// <exception cref="IOException">The disk cannot take it.</exception>
    public virtual IReadOnlyList<Correction> Delete(IReadOnlyCollection<string> ids) => Change(() =>
    {
        Correction[] gone = [.. _corrections.Where(correction => ids.Contains(correction.Id))];
        Save([.. _corrections.Except(gone)]);
        _deleted = [.. _deleted.Concat(gone).TakeLast(Limit)];
        return gone;
    });

    /// <exception cref="RunNotFoundException">One of them was not deleted, or not by this process.</exception>
    /// <exception cref="RunConflictException">There is no room for them any more.</exception>
    /// <exception cref="IOException">The disk cannot take it.</exception>
    public virtual IReadOnlyList<Correction> Restore(IReadOnlyCollection<string> ids) => Change(() =>
    {
        Correction[] back = [.. ids.Select(id => _deleted.FirstOrDefault(correction => correction.Id == id) ?? throw Missing(id))];
        Save([.. _corrections, .. back]);
        _deleted = [.. _deleted.Except(back)];
        return back;
    });

    /// <summary>Called on any thread; must not block.</summary>
    public virtual IDisposable OnChanged(Action callback) => _subscribers.Add(callback);

    private T Change<T>(Func<T> change)
    {
        T changed;
        lock (_gate)
        {
            if (Trouble is not null)
            {
                _corrections = Read();
                Trouble = null;
            }

            changed = change();
        }

        _subscribers.Tell();
        return changed;
    }

    private Correction[] Save(Correction[] corrections)
    {
        if (corrections.Length > Math.Max(Limit, _corrections.Length))
        {
            throw new RunConflictException("corrections", $"The lab keeps {Limit:N0} corrections and has {_corrections.Length:N0}; there is no room for {corrections.Length - _corrections.Length:N0} more. Export and delete some first.");
        }

        Correction[] inOrder = [.. corrections.OrderBy(correction => correction.Date)];
        using var content = new MemoryStream();
        foreach (var correction in inOrder)
        {
            JsonSerializer.Serialize(content, correction, LabJson.Options);
            content.WriteByte((byte)'\n');
        }

        _files.CreateFolder(Path.GetDirectoryName(_path)!);
        _files.Replace(_path, content.GetBuffer().AsSpan(0, (int)content.Length));
        return _corrections = inOrder;
    }

    private Correction[] Read()
    {
        if (!File.Exists(_path)) return [];
        var text = File.ReadAllText(_path);
        var read = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(TryParse).ToList();
        if (!text.EndsWith('\n') && read is [.., null]) read.RemoveAt(read.Count - 1);   // torn by whatever wrote it
        if (read.Contains(null)) File.Copy(_path, _path + ".broken", overwrite: true);
        return [.. read.OfType<Correction>().DistinctBy(correction => correction.Id)];
    }

    private static Correction? TryParse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<Correction>(line, LabJson.Options) is { Id.Length: > 0, Drawing.Label.Count: 1 } correction ? correction : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void Check(Correction draft)
    {
        var drawing = draft.Drawing;
        if (drawing.Label is not [var label]) throw new RunException("label", $"label: expected the one digit that is drawn, got {(drawing.Label is null ? "none" : $"{drawing.Label.Count} of them")}.");
        RequireDigit("label", label);
        if (draft.ReadAs is { } readAs) RequireDigit("readAs", readAs);
        if (draft.Weights is { Length: > LongestName }) throw new RunException("weights", $"weights: at most {LongestName} characters.");
        if (MnistNormalizer.Normalize(drawing) is null) throw new RunException("strokes", "strokes: nothing is drawn.");
    }

    private static void RequireDigit(string field, int value)
    {
        if (value is < 0 or > 9) throw new RunException(field, $"{field}: expected a digit 0 to 9, got {value}.");
    }

    private static string NewId() => $"c{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6))}";

    private static RunNotFoundException Missing(string id) => new(id, "correction");
}
