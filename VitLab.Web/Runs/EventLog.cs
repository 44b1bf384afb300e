using System.Buffers;
using System.Text.Json;
using VitLab.Training;
using VitLab.Web.Startup;

namespace VitLab.Web.Runs;

/// <summary>
/// The writing end of events.jsonl. Appending only touches memory; the file follows within <see cref="FlushInterval"/>, on a timer.
/// A flush that fails keeps everything in memory and says so in <see cref="Trouble"/>; the next flush tries again.
/// </summary>
internal sealed class EventLog : IDisposable
{
    public static readonly TimeSpan FlushInterval = TimeSpan.FromMilliseconds(200);

    private readonly Lock _gate = new();
    private readonly Stream _stream;
    private readonly TimeProvider _clock;
    private readonly ITimer _timer;
    private readonly List<SequencedEvent> _unflushed = [];
    private readonly ArrayBufferWriter<byte> _pending = new(16 * 1024);
    private readonly Utf8JsonWriter _writer;
    private long _length;
    private long _sequence;

    /// <exception cref="IOException">The file cannot be opened.</exception>
    public EventLog(string path, RunFiles files, TimeProvider clock)
    {
        _clock = clock;
        _stream = files.OpenLog(path);
        (_sequence, _length) = EventLogReader.FindEnd(_stream);
        if (_stream.Length > _length) _stream.SetLength(_length);
        _writer = new Utf8JsonWriter(_pending, new JsonWriterOptions { Encoder = LabJson.Options.Encoder });
        _timer = clock.CreateTimer(_ => TryFlush(), null, FlushInterval, FlushInterval);
    }

    /// <summary>What kept the last flush from reaching the disk; null when all is well.</summary>
    public Exception? Trouble { get; private set; }

    public SequencedEvent Append(TrainingEvent happened)
    {
        lock (_gate)
        {
            var e = new SequencedEvent(++_sequence, _clock.GetUtcNow(), happened);
            JsonSerializer.Serialize(_writer, e, LabJson.Options);
            _writer.Reset();
            _pending.Write("\n"u8);
            _unflushed.Add(e);
            return e;
        }
    }

    public bool TryFlush()
    {
        lock (_gate)
        {
            if (_unflushed.Count == 0) return true;
            try
            {
                _stream.Position = _length;
                _stream.Write(_pending.WrittenSpan);
                _stream.Flush();
                _length += _pending.WrittenCount;
                _pending.ResetWrittenCount();
                _unflushed.Clear();
                Trouble = null;
                return true;
            }
            catch (Exception e) when (RunFiles.IsDiskTrouble(e) || e is ObjectDisposedException)
            {
                Trouble = e;
                return false;
            }
        }
    }

    /// <summary>How far the file is written, and what is not in it yet.</summary>
    public (long Length, SequencedEvent[] Unflushed) Snapshot()
    {
        lock (_gate)
        {
            return (_length, [.. _unflushed]);
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        TryFlush();
        lock (_gate)
        {
            _writer.Dispose();
            _stream.Dispose();
        }
    }
}
