using VitLab.Experiments;

namespace VitLab.Tests.Experiments;

/// <summary>Training on one batch again and again.</summary>
internal static class Descent
{
    /// <summary>The loss before each step of AdamW.</summary>
    public static List<float> Losses(Learner learner, HostBatch batch, double rate, int steps)
    {
        using var optimizer = torch.optim.AdamW(learner.Network.parameters(), rate);
        List<float> losses = [];
        for (var step = 0; step < steps; step++)
        {
            using var scope = torch.NewDisposeScope();
            optimizer.zero_grad();
            var loss = learner.Loss(batch);
            losses.Add(loss.ToSingle());
            loss.backward();
            optimizer.step();
        }

        return losses;
    }
}
