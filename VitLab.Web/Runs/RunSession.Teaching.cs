using VitLab.Data;
using VitLab.Experiments;
using VitLab.Training;

namespace VitLab.Web.Runs;

// Corrections in a run's data, and what teaching them has changed: measured on the weights it starts from and on those it ends with.
internal sealed partial class RunSession
{
    private ImageSet? _corrections;

    private ImageSplits WithCorrections(ImageSplits data, TrainingOptions options)
    {
        if (options.CorrectionShare == 0) return data;
        _corrections = CorrectionSnapshot.Digits(_folder);
        return CorrectionDigits.MixInto(data, _corrections, options.CorrectionShare);
    }

    /// <returns>False when the run is to stop or leave instead.</returns>
    private bool MeasureBefore(TrainingPlan plan)
    {
        if (Measure((plan.Resume ?? plan.TransferFrom)!, plan.Data.Test, "before teaching") is not { } scores) return false;
        _context.Change(Id, r => r with { Teaching = r.Teaching! with { Before = scores } });
        return true;
    }

    /// <summary>Finishes, after the last measurement when there is something to compare; leaves it to the next session when this one has to go.</summary>
    private void End(RunEnded ended)
    {
        if (ended.Outcome == RunOutcome.Completed && _context.Store.Get(Id).Teaching is not null)
        {
            if (Measure(_trainer!.CaptureWeights(), _trainer.Plan.Data.Test, "after teaching") is { } scores)
            {
                _context.Change(Id, r => r with { Teaching = r.Teaching! with { After = scores } });
            }
            else if (_stopping)
            {
                ended = ended with { Outcome = RunOutcome.Stopped, Reason = null, Test = null };
            }
            else
            {
                return;
            }
        }

        Finish(ended);
    }

    /// <returns>Null when the run is to stop or leave instead.</returns>
    private TeachingScores? Measure(Checkpoint weights, ImageSet test, string when)
    {
        using var exam = new TeachingExam(weights, _plan!.Device, _corrections!, test);
        foreach (var done in exam.Take())
        {
            _context.Progress(Id, r => r with { Activity = $"Measuring {when}: {100 * done:0} %" });
            if (!ReachBoundary() || _stopping) return null;
        }

        return exam.Scores;
    }
}
