namespace VitLab.Detection;

/// <summary>
/// Area under the curve of precision over recall, with precision at each recall taken as the best at that recall or a higher one: the measure of PASCAL VOC since
/// 2010 (http://host.robots.ox.ac.uk/pascal/VOC/voc2012/devkit_doc.pdf, section 3.4.1).
/// </summary>
public static class AveragePrecision
{
    /// <param name="answers">Every answer of one class: how sure it was and whether it stands for a digit of that class that nobody surer stood for.</param>
    /// <param name="truths">Digits of the class.</param>
    /// <returns>0…1; null when there are no such digits.</returns>
    public static double? Of(IEnumerable<(float Score, bool Right)> answers, int truths)
    {
        if (truths == 0)
        {
            return null;
        }

        List<(double Precision, bool Right)> curve = [];
        var right = 0;
        foreach (var answer in answers.OrderByDescending(static answer => answer.Score))
        {
            right += answer.Right ? 1 : 0;
            curve.Add(((double)right / (curve.Count + 1), answer.Right));
        }

        var (area, best) = (0.0, 0.0);
        for (var i = curve.Count - 1; i >= 0; i--)
        {
            best = Math.Max(best, curve[i].Precision);
            area += curve[i].Right ? best : 0;   // each right answer is one step of recall
        }

        return area / truths;
    }
}
