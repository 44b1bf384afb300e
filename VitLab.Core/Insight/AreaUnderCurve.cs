namespace VitLab.Insight;

/// <summary>
/// Area under the receiver operating characteristic: the chance that a sample of the one kind scores higher than one of the other, equal scores
/// counting half. Exact, by the sum of ranks (Mann and Whitney 1947; Hanley and McNeil 1982).
/// </summary>
public static class AreaUnderCurve
{
    /// <returns>0…1; 0.5 where either kind is missing, for then nothing can be told apart.</returns>
    public static double Of(IEnumerable<(float Score, bool IsPositive)> answers)
    {
        double rankSum = 0, below = 0, positives = 0;
        foreach (var equal in answers.GroupBy(answer => answer.Score).OrderBy(group => group.Key))
        {
            var (count, positive) = (equal.Count(), equal.Count(answer => answer.IsPositive));
            rankSum += positive * (below + ((count + 1) / 2.0));
            (below, positives) = (below + count, positives + positive);
        }

        var negatives = below - positives;
        return positives == 0 || negatives == 0 ? 0.5 : (rankSum - (positives * (positives + 1) / 2)) / (positives * negatives);
    }
}
