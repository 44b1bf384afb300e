using VitLab.Web.Components.Train;

namespace VitLab.Tests.Components.Train;

public class SteadyRateTests
{
    [Fact]
    public void Rate_OfAColdProcess_IsThatAfterItsCodeWasCompiled()
    {
        // A second at a quarter of the speed, half a second at half of it, then all of it.
        var (rate, elapsed) = Run(seconds => seconds < 1 ? 250 : seconds < 1.5 ? 500 : 1000);

        Assert.Equal(1000, rate.ImagesPerSecond, 1.0);
        Assert.InRange(elapsed, 2.0, 4.0);
    }

    [Fact]
    public void Rate_OfAWarmProcess_IsKnownSoon()
    {
        var (rate, elapsed) = Run(_ => 1000);

        Assert.Equal(1000, rate.ImagesPerSecond, 1.0);
        Assert.InRange(elapsed, SteadyRate.Shortest.TotalSeconds, 2.1);
    }

    [Fact]
    public void Rate_ThatRisesAllTheTime_IsTakenWhenTimeIsUp()
    {
        var (rate, elapsed) = Run(seconds => 100 * Math.Pow(2, seconds));

        Assert.InRange(elapsed, SteadyRate.Longest.TotalSeconds, SteadyRate.Longest.TotalSeconds + 0.5);
        Assert.InRange(rate.ImagesPerSecond, 1500, 3300);
    }

    [Fact]
    public void Rate_OfStepsLongerThanASpan_CountsWholeSteps()
    {
        var rate = new SteadyRate();
        for (var step = 1; !rate.IsKnown; step++)
        {
            rate.Count(TimeSpan.FromSeconds(2 * step), images: 8);
        }

        Assert.Equal(4, rate.ImagesPerSecond, 0.001);
    }

    /// <summary>Counts steps of 10 ms until the rate is known; gives the seconds that took.</summary>
    private static (SteadyRate Rate, double Elapsed) Run(Func<double, double> imagesPerSecond)
    {
        var rate = new SteadyRate();
        var (step, owed) = (0, 0.0);
        while (!rate.IsKnown)
        {
            step++;
            owed += imagesPerSecond(step * 0.01) * 0.01;
            rate.Count(TimeSpan.FromSeconds(step * 0.01), (int)owed);
            owed -= (int)owed;
        }

        return (rate, step * 0.01);
    }
}
