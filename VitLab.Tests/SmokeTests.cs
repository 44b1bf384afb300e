namespace VitLab.Tests;

public class SmokeTests
{
    [Fact]
    public void Runner_Runs_Passes() => Assert.Equal(4, 2 + 2);
}
