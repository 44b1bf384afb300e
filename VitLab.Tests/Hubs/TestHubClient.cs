using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using VitLab.Tests.Support;

namespace VitLab.Tests.Hubs;

/// <summary>SignalR's JSON protocol over a WebSocket, as an outside client would speak it (docs/hub.md).</summary>
public sealed class TestHubClient : IAsyncDisposable
{
    private const byte End = 0x1E;                       // every message ends with the ASCII record separator

    private readonly ClientWebSocket _socket = new();
    private readonly List<byte> _received = [];
    private readonly CancellationTokenSource _patience = new(Limit.Time);

    public static async Task<TestHubClient> ConnectAsync(Uri server)
    {
        var client = new TestHubClient();
        await client._socket.ConnectAsync(new UriBuilder(server) { Scheme = "ws", Path = "/hub/training" }.Uri, client._patience.Token);
        await client.SendAsync("""{"protocol":"json","version":1}""");
        Assert.Equal("{}", (await client.ReceiveAsync()).ToString());
        return client;
    }

    /// <summary>The items of one stream, in order. Breaking off cancels it on the server.</summary>
    public async IAsyncEnumerable<JsonElement> StreamAsync(string target, params object?[] arguments)
    {
        await SendAsync(JsonSerializer.Serialize(new { type = 4, invocationId = "1", target, arguments }));
        while (true)
        {
            var message = await ReceiveAsync();
            switch (message.GetProperty("type").GetInt32())
            {
                case 2:
                    yield return message.GetProperty("item");
                    break;
                case 3:
                    if (message.TryGetProperty("error", out var error)) throw new InvalidOperationException(error.GetString());
                    yield break;
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        _patience.Dispose();
        return ValueTask.CompletedTask;
    }

    private Task SendAsync(string json) => _socket.SendAsync(Encoding.UTF8.GetBytes(json + (char)End), WebSocketMessageType.Text, true, _patience.Token);

    private async Task<JsonElement> ReceiveAsync()
    {
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var at = _received.IndexOf(End);
            if (at >= 0)
            {
                var message = JsonSerializer.Deserialize<JsonElement>(_received.Take(at).ToArray());
                _received.RemoveRange(0, at + 1);
                return message;
            }

            var got = await _socket.ReceiveAsync(buffer, _patience.Token);
            Assert.NotEqual(WebSocketMessageType.Close, got.MessageType);
            _received.AddRange(buffer.AsSpan(0, got.Count));
        }
    }
}
