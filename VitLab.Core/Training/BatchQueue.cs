using System.Runtime.ExceptionServices;
using VitLab.Data;
using VitLab.Experiments;

namespace VitLab.Training;

/// <summary>
/// Composes batches ahead on a thread of its own, a few at most, in buffers that go round: once warm it allocates nothing. The order is
/// the plan's; how far ahead the thread is changes nothing in what a step sees.
/// </summary>
public sealed class BatchQueue : IDisposable
{
    private const int Ahead = 3;

    private readonly Learner _learner;
    private readonly ImageSet _images;
    private readonly DataOrder _order;
    private readonly Queue<HostBatch> _ready = new(Ahead);
    private readonly Stack<HostBatch> _free = new(Ahead + 1);
    private readonly object _gate = new();
    private readonly Thread _thread;
    private ExceptionDispatchInfo? _failure;
    private bool _stopping;

    /// <param name="firstStep">Steps already taken; composing goes on with the one after.</param>
    /// <param name="parts">Batches that a step's samples are handed out in, one after another.</param>
    public BatchQueue(Learner learner, ImageSet images, DataOrder order, long firstStep, long totalSteps, int parts = 1)
    {
        (_learner, _images, _order) = (learner, images, order);
        Parts = Math.Min(parts, order.BatchSize);
        _thread = new Thread(() => Compose(firstStep, totalSteps)) { Name = "Batch composer", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Batches a step takes.</summary>
    public int Parts { get; }

    /// <summary>The next batch. Hand it back with <see cref="Return"/> when its numbers have been copied.</summary>
    public HostBatch Take()
    {
        lock (_gate)
        {
            while (_ready.Count == 0)
            {
                _failure?.Throw();
                Monitor.Wait(_gate);
            }

            Monitor.PulseAll(_gate);
            return _ready.Dequeue();
        }
    }

    public void Return(HostBatch batch)
    {
        lock (_gate)
        {
            _free.Push(batch);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _stopping = true;
            Monitor.PulseAll(_gate);
        }

        _thread.Join();   // one batch at most: a millisecond or two
    }

    private void Compose(long firstStep, long totalSteps)
    {
        try
        {
            for (var step = firstStep; step < totalSteps; step++)
            {
                for (var part = 0; part < Parts; part++)
                {
                    if (!ComposeNext(step, part))
                    {
                        return;
                    }
                }
            }
        }
        catch (Exception e)
        {
            lock (_gate)
            {
                _failure = ExceptionDispatchInfo.Capture(e);   // rethrown where the batch is missed
                Monitor.PulseAll(_gate);
            }
        }
    }

    /// <returns>False when nobody wants it any more.</returns>
    private bool ComposeNext(long step, int part)
    {
        HostBatch? buffer;
        lock (_gate)
        {
            while (_ready.Count >= Ahead && !_stopping)
            {
                Monitor.Wait(_gate);
            }

            if (_stopping)
            {
                return false;
            }

            _free.TryPop(out buffer);
        }

        var epoch = (int)(step / _order.StepsPerEpoch) + 1;
        var samples = _order.Indices(epoch, (int)(step % _order.StepsPerEpoch));
        var (from, to) = (samples.Length * part / Parts, samples.Length * (part + 1) / Parts);
        var batch = _learner.Compose(_images, samples[from..to], epoch, buffer);
        lock (_gate)
        {
            _ready.Enqueue(batch);
            Monitor.PulseAll(_gate);
        }

        return true;
    }
}
