using VitLab.Experiments;
using VitLab.Web.Runs;

namespace VitLab.Tests.Runs;

/// <summary>A disk that can run full and get room again.</summary>
public sealed class TestRunFiles : RunFiles
{
    private volatile bool _isFull;

    public bool IsFull
    {
        get => _isFull;
        set => _isFull = value;
    }

    public override Stream OpenLog(string path) => new FillableStream(base.OpenLog(path), this);

    public override void Replace(string path, ReadOnlySpan<byte> content)
    {
        ThrowWhenFull();
        base.Replace(path, content);
    }

    public override void Save(Checkpoint checkpoint, string path)
    {
        ThrowWhenFull();
        base.Save(checkpoint, path);
    }

    private void ThrowWhenFull()
    {
        if (_isFull) throw new IOException("No space left on device");
    }

    /// <summary>A full disk takes half of what it is given before it complains.</summary>
    private sealed class FillableStream(Stream inner, TestRunFiles files) : Stream
    {
        public override bool CanRead => inner.CanRead;

        public override bool CanSeek => inner.CanSeek;

        public override bool CanWrite => inner.CanWrite;

        public override long Length => inner.Length;

        public override long Position
        {
            get => inner.Position;
            set => inner.Position = value;
        }

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

        public override long Seek(long offset, SeekOrigin origin) => inner.Seek(offset, origin);

        public override void SetLength(long value) => inner.SetLength(value);

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (files._isFull) inner.Write(buffer[..(buffer.Length / 2)]);
            files.ThrowWhenFull();
            inner.Write(buffer);
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
