namespace VitLab.Web.Runs;

/// <summary>
/// Trains one queued run after another. At start-up it puts back what the last process left: interrupted runs first, then queued ones;
/// paused runs stay paused. At shutdown the current run leaves with a checkpoint.
/// </summary>
internal sealed class RunWorker(RunQueue queue, RunContext context, RunWorkerOptions options) : BackgroundService
{
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.ResumeInterrupted) Requeue();
        return base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        queue.Current?.Shutdown();
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await TrainAsync(await queue.TakeAsync(stoppingToken), stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task TrainAsync(string id, CancellationToken stopping)
    {
        if (context.Store.Find(id) is not { State: RunState.Queued or RunState.Running } record) return;
        context.Store.SetLive(id, true);
        using var session = new RunSession(record, context);
        queue.Current = session;
        if (queue.Count > 0) session.GiveWay();
        if (stopping.IsCancellationRequested) session.Shutdown();
        session.Start();
        await session.Completion;
        queue.Current = null;
        context.Store.SetLive(id, false);
    }

    private void Requeue()
    {
        var open = context.Store.List().Where(record => !RunLock.IsHeld(context.Store.Folder(record.Id))).Reverse().ToList();
        foreach (var record in open.Where(record => record.State == RunState.Running).Concat(open.Where(record => record.State == RunState.Queued)))
        {
            queue.Add(record.Id);
        }
    }
}
