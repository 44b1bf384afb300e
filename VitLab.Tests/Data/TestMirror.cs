using System.Collections.Concurrent;
using System.Net;

namespace VitLab.Tests.Data;

/// <summary>Answers downloads from memory and remembers what was asked.</summary>
internal sealed class TestMirror(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer) : HttpMessageHandler
{
    public ConcurrentQueue<string> Asked { get; } = [];

    public static TestMirror Of(Func<string, byte[]?> file) => new((request, _) =>
        Task.FromResult(file(request.RequestUri!.ToString()) is { } bytes
            ? new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(bytes) }
            : new HttpResponseMessage(HttpStatusCode.NotFound)));

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Asked.Enqueue(request.RequestUri!.ToString());
        return answer(request, cancellationToken);
    }
}

/// <summary>A body that gives some bytes and then goes on as the test says.</summary>
internal sealed class TestStream(byte[] head, Func<CancellationToken, ValueTask<int>> next) : Stream
{
    private int _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => _position; set => throw new NotSupportedException(); }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = Math.Min(buffer.Length, head.Length - _position);
        if (count == 0)
        {
            return next(cancellationToken);
        }

        head.AsMemory(_position, count).CopyTo(buffer);
        _position += count;
        return ValueTask.FromResult(count);
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
