using VitLab.Experiments;
using VitLab.Inference;
using VitLab.Web.Runs;

namespace VitLab.Web.Predictions;

/// <summary>
/// One predictor, used by one caller at a time, kept as new as its weights. Of a live run it asks for the weights at a step boundary at
/// most four times a second; while that takes (the run may be validating) it answers with what it has.
/// </summary>
internal sealed class WeightsSlot(string id, RunService runs, CheckpointLocator checkpoints) : IDisposable
{
    private static readonly TimeSpan s_captureInterval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_capturePatience = TimeSpan.FromMilliseconds(20);

    private readonly SemaphoreSlim _turn = new(1);
    private Predictor? _predictor;
    private (string Path, DateTime Written) _loaded;
    private Task<Checkpoint?>? _capturing;
    private long _captured;
    private bool _disposed;

    public string Id => id;

    public DateTime LastUsed { get; private set; } = DateTime.UtcNow;

    public async Task<T> UseAsync<T>(Func<Predictor, AnsweringWeights, T> use, CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            LastUsed = DateTime.UtcNow;
            var predictor = await FreshAsync(ct);
            var name = runs.Find(id)?.Name ?? id;
            return await Task.Run(() => use(predictor, new AnsweringWeights(id, name, predictor.Info.Step)), ct);
        }
        finally
        {
            if (_disposed) DropPredictor();
            _turn.Release();
        }
    }

    public void Dispose()
    {
        _disposed = true;
        if (!_turn.Wait(0)) return;                      // in use: its user drops it
        DropPredictor();
        _turn.Release();
    }

    private async Task<Predictor> FreshAsync(CancellationToken ct)
    {
        if (runs.Find(id) is { State: RunState.Running or RunState.Paused } && await TryCaptureAsync(ct)) return _predictor!;

        var found = checkpoints.Find(runs.Find(id) is { IsOpen: true } ? $"{id}/last" : id);
        var stamp = (found.Path, File.GetLastWriteTimeUtc(found.Path));
        if (_predictor is null || stamp != _loaded)
        {
            Replace(await Task.Run(() => new Predictor(Checkpoint.Load(found.Path)), ct));
            _loaded = stamp;
        }

        return _predictor!;
    }

    /// <returns>False when the run is not on the worker: its file has the newest weights.</returns>
    private async Task<bool> TryCaptureAsync(CancellationToken ct)
    {
        var current = _loaded == default && _predictor is not null;
        if (current && _capturing is null && TimeProvider.System.GetElapsedTime(_captured) < s_captureInterval) return true;

        _capturing ??= runs.AskAsync(id, trainer => trainer.CaptureWeights(), CancellationToken.None);
        if (current && await Task.WhenAny(_capturing, Task.Delay(s_capturePatience, ct)) != _capturing) return true;

        var capturing = _capturing;
        if (await Task.WhenAny(capturing, Task.Delay(Timeout.Infinite, ct)) != capturing) ct.ThrowIfCancellationRequested();
        _capturing = null;
        var checkpoint = await capturing;
        if (checkpoint is null) return false;
        _captured = TimeProvider.System.GetTimestamp();
        if (!current || checkpoint.Info.Step != _predictor!.Info.Step)
        {
            Replace(await Task.Run(() => new Predictor(checkpoint), ct));
            _loaded = default;
        }

        return true;
    }

    private void Replace(Predictor predictor)
    {
        DropPredictor();
        _predictor = predictor;
    }

    private void DropPredictor()
    {
        _predictor?.Dispose();
        _predictor = null;
    }
}
