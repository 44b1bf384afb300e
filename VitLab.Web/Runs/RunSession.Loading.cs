using VitLab.Data;
using VitLab.Experiments;
using VitLab.Models;
using VitLab.Training;

namespace VitLab.Web.Runs;

// From the record to a plan: the run's data, and the checkpoint it goes on or starts from.
internal sealed partial class RunSession
{
    private readonly CancellationTokenSource _loading = new();

    /// <summary>The run's data, or pen digits when nobody insisted on MNIST and it is not to be had.</summary>
    private ImageSplits? LoadOrGenerate(ref RunRecord record)
    {
        try
        {
            return Load(record);
        }
        catch (DataException e) when (record is { LeavesDataOpen: true, Step: 0 } && _context.Data.IsMissing(record.Options.Data))
        {
            _context.Logger.LogWarning("Run {Run} takes pen digits: {Reason}", Id, e.Message);
            record = _context.Change(Id, r => r with { Options = r.Options with { Data = LabData.Generated }, Activity = "MNIST is not to be had; drawing pen digits" });
            return Load(record);
        }
    }

    /// <returns>Null when the run is to stop or leave instead.</returns>
    private ImageSplits? Load(RunRecord record)
    {
        var loading = _context.Data.LoadAsync(record.Options.Data, record.Options.Seed, activity => _context.Progress(Id, r => r with { Activity = activity }), _loading.Token);
        loading.ContinueWith(_ => _inbox.Poke(), TaskScheduler.Default);
        while (!loading.IsCompleted && !_stopping && !IsLeaving)
        {
            _inbox.Wait();
            _inbox.Land();
        }

        if (!_stopping && !IsLeaving) return loading.GetAwaiter().GetResult();
        _loading.Cancel();
        return null;
    }

    private TrainingPlan Plan(RunRecord record, ImageSplits data)
    {
        var plan = new TrainingPlan(ExperimentCatalog.Find(record.Experiment), record.Preset, record.Options, WithCorrections(data, record.Options)) { Command = record.Command, Device = Hardware.This.FindOrBest(record.Device) };
        foreach (var torn in Directory.EnumerateFiles(_folder.Checkpoints, "*.tmp")) File.Delete(torn);   // a kill during a write leaves one
        if (File.Exists(_folder.Checkpoint("last"))) return plan with { Resume = Checkpoint.Load(_folder.Checkpoint("last")) };
        if (File.Exists(_folder.Origin)) return plan with { TransferFrom = Checkpoint.Load(_folder.Origin) };
        return plan;
    }
}
