using VitLab.Detection;

namespace VitLab.Tests.Detection;

public class AveragePrecisionTests
{
    // By hand: precisions 1, 1/2, 2/3, 2/4, 3/5; the right answers' best from there on: 1, 2/3, 3/5; of 4 digits.
    [Fact]
    public void Of_FiveAnswersToFourDigits_IsTheAreaDoneByHand()
    {
        (float, bool)[] answers = [(0.5f, true), (0.9f, true), (0.6f, false), (0.7f, true), (0.8f, false)];

        Assert.Equal((1 + (2.0 / 3) + (3.0 / 5)) / 4, AveragePrecision.Of(answers, truths: 4)!.Value, 1e-12);
    }

    [Fact]
    public void Of_AllNothingOrNoDigits_AreTheEnds()
    {
        Assert.Equal(1, AveragePrecision.Of([(0.9f, true), (0.8f, true), (0.1f, false)], truths: 2));
        Assert.Equal(0, AveragePrecision.Of([(0.9f, false)], truths: 2));
        Assert.Equal(0, AveragePrecision.Of([], truths: 2));
        Assert.Null(AveragePrecision.Of([(0.9f, false)], truths: 0));
    }

    // 0.25 and 0.21 share a bin: |0.46 - 1|; 0.9 is right: 0.1; 1 wrong: 1. In all 0.54 + 0.1 + 1 = 1.64, of four. 0.9 and 1 share a bin: |1.9 - 1| = 0.9.
    [Fact]
    public void CalibrationError_FourAnswers_IsTheSumDoneByHand()
    {
        Assert.Equal((0.54 + 0.9) / 4, CalibrationError.Of([(0.25f, true), (0.21f, false), (0.9f, true), (1, false)]), 1e-6);
        Assert.Equal(0, CalibrationError.Of([]));
    }
}
