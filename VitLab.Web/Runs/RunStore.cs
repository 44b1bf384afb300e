using System.Collections.Concurrent;
using VitLab.Web.Startup;

namespace VitLab.Web.Runs;

/// <summary>
/// The run folders: loads them, keeps their newest records in memory, replaces run.json atomically. A folder that cannot be read is
/// listed with the reason and left as it is. Folders that appear, change or vanish by another hand are noticed within a second.
/// </summary>
public sealed class RunStore
{
    private static readonly TimeSpan s_rescanInterval = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Entry> _entries = new();
    private readonly ConcurrentDictionary<string, UnreadableRun> _unreadable = new();
    private readonly Lock _gate = new();
    private readonly LabFolders _folders;
    private readonly TimeProvider _clock;
    private readonly ILogger<RunStore> _logger;
    private long _scanned;

    public RunStore(LabFolders folders, RunFiles files, TimeProvider clock, ILogger<RunStore> logger)
    {
        (_folders, Files, _clock, _logger) = (folders, files, clock, logger);
        Rescan();
    }

    public RunFiles Files { get; }

    public TimeProvider Clock => _clock;

    /// <summary>Newest first.</summary>
    public IReadOnlyList<RunRecord> List()
    {
        RescanWhenOld();
        return [.. _entries.Values.Select(entry => entry.Record).OrderByDescending(record => record.Created).ThenByDescending(record => RunName.Number(record.Id))];
    }

    public IReadOnlyList<UnreadableRun> Unreadable()
    {
        RescanWhenOld();
        return [.. _unreadable.Values.OrderBy(run => run.Id, StringComparer.Ordinal)];
    }

    public RunRecord? Find(string id)
    {
        if (_entries.TryGetValue(id, out var entry) && entry.IsLive) return entry.Record;
        RescanWhenOld();
        return _entries.TryGetValue(id, out entry) ? entry.Record : null;
    }

    /// <exception cref="RunNotFoundException">No such run.</exception>
    public RunRecord Get(string id) => Find(id) ?? throw new RunNotFoundException(id);

    public RunFolder Folder(string id) => new(_folders.Runs, id);

    /// <summary>Makes the folder and the record of a new run under a fresh id.</summary>
    /// <param name="draft">Everything but the id, from an id.</param>
    /// <exception cref="IOException">The disk cannot take it.</exception>
    public RunRecord Create(Func<string, RunRecord> draft)
    {
        lock (_gate)
        {
            Rescan();
            var number = 1 + _entries.Keys.Concat(_unreadable.Keys).Concat(TrashIds()).Select(RunName.Number).DefaultIfEmpty(0).Max();
            var record = draft(RunName.Next(number));
            var folder = Folder(record.Id);
            Files.CreateFolder(folder.Checkpoints);
            try
            {
                Files.Replace(folder.Record, RunFile.Write(record));
            }
            catch (Exception e) when (RunFiles.IsDiskTrouble(e))
            {
                Directory.Delete(folder.Root, recursive: true);
                throw;
            }

            _entries[record.Id] = new Entry(record, Stamp(folder));
            return record;
        }
    }

    /// <summary>
    /// Changes a record. What cannot be written now (full disk) stays in memory and is written with the next change.
    /// </summary>
    /// <param name="save">False for progress that the next save will carry.</param>
    public RunRecord Update(string id, Func<RunRecord, RunRecord> change, bool save = true)
    {
        lock (_gate)
        {
            if (!_entries.TryGetValue(id, out var entry)) throw new RunNotFoundException(id);
            var record = change(entry.Record);
            var stamp = entry.Stamp;
            if (save)
            {
                try
                {
                    Files.Replace(Folder(id).Record, RunFile.Write(record));
                    stamp = Stamp(Folder(id));
                }
                catch (Exception e) when (RunFiles.IsDiskTrouble(e))
                {
                    _logger.LogWarning("run.json of {Run} cannot be written: {Reason}", id, e.Message);
                }
            }

            _entries[id] = entry with { Record = record, Stamp = stamp };
            return record;
        }
    }

    /// <summary>While live, memory is the truth and the folder is not read again.</summary>
    public void SetLive(string id, bool live)
    {
        lock (_gate)
        {
            if (_entries.TryGetValue(id, out var entry)) _entries[id] = entry with { IsLive = live };
        }
    }

    /// <summary>Moves the folder to the trash; a namesake there is replaced.</summary>
    public void MoveToTrash(string id)
    {
        lock (_gate)
        {
            var target = new RunFolder(_folders.Trash, id).Root;
            Directory.CreateDirectory(_folders.Trash);
            if (Directory.Exists(target)) Directory.Delete(target, recursive: true);
            Directory.Move(Folder(id).Root, target);
            _entries.TryRemove(id, out _);
            _unreadable.TryRemove(id, out _);
        }
    }

    /// <exception cref="RunNotFoundException">Nothing of that id in the trash.</exception>
    public RunRecord Restore(string id)
    {
        lock (_gate)
        {
            var source = new RunFolder(_folders.Trash, id).Root;
            if (!Directory.Exists(source)) throw new RunNotFoundException(id);
            if (Directory.Exists(Folder(id).Root)) throw new RunConflictException("id", $"A run called '{id}' exists already.");
            Directory.Move(source, Folder(id).Root);
            Rescan();
            return _entries.TryGetValue(id, out var entry) ? entry.Record : throw new RunException("id", _unreadable[id].Reason);
        }
    }

    /// <summary>Records in the trash, newest first; unreadable ones are left out.</summary>
    public IReadOnlyList<RunRecord> Deleted()
    {
        var records = new List<RunRecord>();
        foreach (var id in TrashIds())
        {
            try
            {
                records.Add(RunFile.Read(new RunFolder(_folders.Trash, id).Record, id));
            }
            catch (RunException e)
            {
                _logger.LogWarning("Deleted run {Run} cannot be read: {Reason}", id, e.Message);
            }
        }

        return [.. records.OrderByDescending(record => record.Created)];
    }

    private IEnumerable<string> TrashIds() => FolderNames(_folders.Trash);

    private static IEnumerable<string> FolderNames(string root) => !Directory.Exists(root) ? []
        : Directory.EnumerateDirectories(root).Select(path => Path.GetFileName(path)!).Where(name => name[0] != '.');

    private void RescanWhenOld()
    {
        if (_clock.GetElapsedTime(Volatile.Read(ref _scanned)) < s_rescanInterval) return;
        lock (_gate)
        {
            if (_clock.GetElapsedTime(_scanned) >= s_rescanInterval) Rescan();
        }
    }

    private void Rescan()
    {
        _scanned = _clock.GetTimestamp();
        var present = FolderNames(_folders.Runs).ToHashSet();
        foreach (var id in _entries.Keys.Where(id => !present.Contains(id) && !_entries[id].IsLive)) _entries.TryRemove(id, out _);
        foreach (var id in _unreadable.Keys.Where(id => !present.Contains(id))) _unreadable.TryRemove(id, out _);
        foreach (var id in present) Load(id);
    }

    private void Load(string id)
    {
        if (!RunFolder.IsSlug(id))
        {
            _unreadable[id] = new UnreadableRun(id, "The folder's name is not a run id (small letters, digits and hyphens).");
            return;
        }

        var folder = Folder(id);
        var stamp = Stamp(folder);
        if (_entries.TryGetValue(id, out var known) && (known.IsLive || known.Stamp == stamp)) return;
        try
        {
            _entries[id] = new Entry(RunFile.Read(folder.Record, id), stamp);
            _unreadable.TryRemove(id, out _);
        }
        catch (RunException e)
        {
            _entries.TryRemove(id, out _);
            if (!_unreadable.ContainsKey(id)) _logger.LogWarning("Run folder {Run} is left out: {Reason}", id, e.Message);
            _unreadable[id] = new UnreadableRun(id, e.Message);
        }
    }

    private static (DateTime Written, long Length) Stamp(RunFolder folder)
    {
        var file = new FileInfo(folder.Record);
        return file.Exists ? (file.LastWriteTimeUtc, file.Length) : default;
    }

    private sealed record Entry(RunRecord Record, (DateTime Written, long Length) Stamp, bool IsLive = false);
}
