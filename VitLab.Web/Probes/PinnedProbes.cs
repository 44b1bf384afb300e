using System.Globalization;
using System.Text.Json;
using VitLab.Vision;
using VitLab.Web.Runs;
using VitLab.Web.Startup;

namespace VitLab.Web.Probes;

/// <summary>A drawing somebody pinned: every run of the lab shows how it reads it.</summary>
/// <param name="Id">"p1", "p2", …</param>
public sealed record PinnedProbe(string Id, Drawing Drawing);

/// <summary>The pinned drawings, lab-wide, kept in <c>probes.jsonl</c>.</summary>
public class PinnedProbes
{
    public const int Limit = 24;

    private readonly Lock _gate = new();
    private readonly RunFiles _files;
    private readonly string _path;
    private readonly Subscribers _subscribers = new();
    private PinnedProbe[] _probes;

    /// <param name="path">Made with the first pin. An unreadable file is kept aside under <c>.broken</c>.</param>
    public PinnedProbes(string path, RunFiles files)
    {
        (_path, _files) = (path, files);
        _probes = Read(path);
    }

    public virtual IReadOnlyList<PinnedProbe> List() => _probes;

    /// <summary>Changes with every change of the list.</summary>
    internal int Version { get; private set; }

    /// <exception cref="RunConflictException">24 are pinned already.</exception>
    /// <exception cref="RunException">The drawing is empty.</exception>
    public virtual PinnedProbe Add(Drawing drawing)
    {
        if (drawing.IsEmpty) throw new RunException("strokes", "strokes: an empty drawing cannot be pinned.");
        PinnedProbe probe;
        lock (_gate)
        {
            if (_probes.Length >= Limit) throw new RunConflictException("probes", $"{Limit} drawings are pinned already; unpin one first.");
            var number = _probes.Select(p => int.Parse(p.Id.AsSpan(1), CultureInfo.InvariantCulture)).DefaultIfEmpty(0).Max() + 1;
            probe = new PinnedProbe($"p{number}", drawing);
            Save([.. _probes, probe]);
        }

        _subscribers.Tell();
        return probe;
    }

    /// <returns>False when nothing has that id.</returns>
    public virtual bool Remove(string id)
    {
        lock (_gate)
        {
            PinnedProbe[] rest = [.. _probes.Where(probe => probe.Id != id)];
            if (rest.Length == _probes.Length) return false;
            Save(rest);
        }

        _subscribers.Tell();
        return true;
    }

    /// <summary>Called on any thread; must not block.</summary>
    public virtual IDisposable OnChanged(Action callback) => _subscribers.Add(callback);

    private static PinnedProbe[] Read(string path)
    {
        if (!File.Exists(path)) return [];
        try
        {
            return [.. File.ReadLines(path).Where(line => line.Length > 0).Select(line => JsonSerializer.Deserialize<PinnedProbe>(line, LabJson.Options)!).Where(IsPin).Take(Limit)];
        }
        catch (JsonException)
        {
            File.Copy(path, path + ".broken", overwrite: true);
            return [];
        }
    }

    private static bool IsPin(PinnedProbe probe) => probe is { Id: ['p', ..], Drawing: not null } && int.TryParse(probe.Id.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out _);

    private void Save(PinnedProbe[] probes)
    {
        _files.CreateFolder(Path.GetDirectoryName(_path)!);
        using var content = new MemoryStream();
        foreach (var probe in probes)
        {
            JsonSerializer.Serialize(content, probe, LabJson.Options);
            content.WriteByte((byte)'\n');
        }

        _files.Replace(_path, content.GetBuffer().AsSpan(0, (int)content.Length));
        _probes = probes;
        Version++;
    }
}
