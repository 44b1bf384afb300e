using System.Buffers.Text;
using System.Text.Json;
using VitLab.Web.Startup;

namespace VitLab.Web.Runs;

/// <summary>
/// Reads events.jsonl. Lines are ordered by sequence number and begin with it, so that a reader who joins late finds its place by
/// bisection. Lines of unknown event types, unreadable lines and a torn last line are skipped.
/// </summary>
internal static class EventLogReader
{
    private static ReadOnlySpan<byte> Head => "{\"sequence\":"u8;

    /// <param name="after">Only events with a larger sequence number.</param>
    /// <param name="length">Bytes of the file to consider; null takes all there are.</param>
    public static IEnumerable<SequencedEvent> Read(string path, long after, long? length = null)
    {
        if (!File.Exists(path)) yield break;
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
        var end = Math.Min(length ?? long.MaxValue, stream.Length);
        var lines = new LineReader(stream, Seek(stream, after, end), end);
        while (lines.TryRead(out var line))
        {
            if (SequenceOf(line.Span) is { } sequence && sequence <= after) continue;
            if (Parse(line.Span) is { } e && e.Sequence > after) yield return e;
        }
    }

    /// <summary>Sequence number of the last readable line and the length up to and including it; the rest is torn.</summary>
    public static (long Sequence, long Length) FindEnd(Stream stream)
    {
        const int Step = 64 * 1024;
        for (var window = Step; ; window *= 4)
        {
            var start = Math.Max(0, stream.Length - window);
            var lines = new LineReader(stream, start == 0 ? 0 : NextLine(stream, start, stream.Length), stream.Length);
            var (sequence, length) = (0L, -1L);
            while (lines.TryRead(out var line))
            {
                if (IsWhole(line.Span) && SequenceOf(line.Span) is { } found) (sequence, length) = (found, lines.Position);
            }

            if (length >= 0 || start == 0) return (sequence, Math.Max(0, length));
        }
    }

    private static bool IsWhole(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        try
        {
            while (reader.Read()) { }
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static SequencedEvent? Parse(ReadOnlySpan<byte> line)
    {
        try
        {
            return JsonSerializer.Deserialize<SequencedEvent>(line, LabJson.Options) is { Event: not null } e ? e : null;
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            return null;
        }
    }

    private static long? SequenceOf(ReadOnlySpan<byte> line) =>
        line.StartsWith(Head) && Utf8Parser.TryParse(line[Head.Length..], out long sequence, out _) ? sequence : null;

    /// <summary>Start of a line at or before the first one past <paramref name="after"/>.</summary>
    private static long Seek(Stream stream, long after, long end)
    {
        const long Close = 64 * 1024;
        if (after <= 0) return 0;
        var (low, high) = (0L, end);
        while (high - low > Close)
        {
            var middle = NextLine(stream, (low + high) / 2, high);
            var lines = new LineReader(stream, middle, end);
            if (middle >= high || !lines.TryRead(out var line) || SequenceOf(line.Span) is not { } sequence || sequence > after) high = (low + high) / 2;
            else low = middle;
        }

        return low;
    }

    private static long NextLine(Stream stream, long from, long end)
    {
        var buffer = new byte[4096];
        stream.Position = from;
        while (from < end)
        {
            var read = stream.Read(buffer);
            if (read == 0) break;
            var at = buffer.AsSpan(0, read).IndexOf((byte)'\n');
            if (at >= 0) return from + at + 1;
            from += read;
        }

        return end;
    }

    /// <summary>Complete lines between two offsets; what follows the last line feed is not a line.</summary>
    private sealed class LineReader(Stream stream, long start, long end)
    {
        private byte[] _buffer = new byte[64 * 1024];
        private int _from;
        private int _to;
        private long _next = start;

        /// <summary>Offset behind the line read last.</summary>
        public long Position { get; private set; } = start;

        public bool TryRead(out ReadOnlyMemory<byte> line)
        {
            while (true)
            {
                var at = _buffer.AsSpan(_from, _to - _from).IndexOf((byte)'\n');
                if (at >= 0)
                {
                    line = _buffer.AsMemory(_from, at);
                    _from += at + 1;
                    Position += at + 1;
                    return true;
                }

                if (!Fill())
                {
                    line = default;
                    return false;
                }
            }
        }

        private bool Fill()
        {
            _buffer.AsSpan(_from, _to - _from).CopyTo(_buffer);
            (_from, _to) = (0, _to - _from);
            if (_to == _buffer.Length) Array.Resize(ref _buffer, _buffer.Length * 2);
            stream.Position = _next;
            var read = stream.Read(_buffer.AsSpan(_to, (int)Math.Min(_buffer.Length - _to, Math.Max(0, end - _next))));
            (_to, _next) = (_to + read, _next + read);
            return read > 0;
        }
    }
}
