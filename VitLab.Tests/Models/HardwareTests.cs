using VitLab.Models;

namespace VitLab.Tests.Models;

public class HardwareTests
{
    private static readonly ComputeDevice s_cpu = new("cpu", "2 processors", 8_000_000_000);
    private static readonly ComputeDevice s_first = new("cuda:0", "NVIDIA One", 16_000_000_000);
    private static readonly ComputeDevice s_second = new("cuda:1", "NVIDIA Two", null);

    private static readonly Hardware s_plain = new("Some engine", [s_cpu], null);
    private static readonly Hardware s_rich = new("Some engine", [s_cpu, s_first, s_second], null);

    [Theory]
    [InlineData("auto", "cuda:0")]
    [InlineData("cpu", "cpu")]
    [InlineData("cuda", "cuda:0")]
    [InlineData("cuda:0", "cuda:0")]
    [InlineData("cuda:1", "cuda:1")]
    public void Find_WithGpus_IsTheDevice(string choice, string id) => Assert.Equal(id, s_rich.Find(choice)?.Id);

    [Theory]
    [InlineData("auto")]
    [InlineData("cpu")]
    public void Find_WithoutGpu_IsTheCpu(string choice) => Assert.Same(s_cpu, s_plain.Find(choice));

    [Fact]
    public void Find_AGpuTooMany_SaysWhichThereAreAndTheBestServes()
    {
        Assert.Null(s_rich.Find("cuda:2"));
        Assert.Equal("\"cuda:2\" is not there; this build on this machine has cpu, cuda:0, cuda:1.", s_rich.WhyNot("cuda:2"));
        Assert.Same(s_first, s_rich.FindOrBest("cuda:2"));
    }

    [Theory]
    [InlineData("cuda")]
    [InlineData("cuda:0")]
    public void Find_AGpuWithoutOne_SaysWhatItTakesAndTheCpuServes(string choice)
    {
        Assert.Null(s_plain.Find(choice));
        Assert.StartsWith($"\"{choice}\" is not there; this build on this machine has cpu. A GPU takes a build with -p:VitLabEngine=TorchSharp", s_plain.WhyNot(choice), StringComparison.Ordinal);
        Assert.Same(s_cpu, s_plain.FindOrBest(choice));
    }

    [Theory]
    [InlineData("")]
    [InlineData("gpu")]
    [InlineData("CPU ")]
    [InlineData("cuda:")]
    [InlineData("cuda:-1")]
    [InlineData("cuda:one")]
    [InlineData("cuda:0:1")]
    public void Find_AnythingElse_SaysWhatIsExpected(string choice)
    {
        Assert.Null(s_rich.Find(choice));
        Assert.Equal($"expected auto, cpu or cuda:N, got \"{choice}\".", s_rich.WhyNot(choice));
    }

    [Fact]
    public void This_TheMachineOfTheTests_NamesItsEngineAndCpu()
    {
        var hardware = Hardware.This;

        Assert.Matches("^(Managed engine|TorchSharp 0\\.107\\.0)$", hardware.Engine);
        Assert.Equal("cpu", hardware.Devices[0].Id);
        Assert.Matches(@"^\d+ processors? · \w+ · .*vectors$", hardware.Devices[0].Name);
        Assert.InRange(hardware.Devices[0].Memory!.Value, 1_000_000, long.MaxValue);
        Assert.Equal(hardware.Best.Id, torch.device(hardware.Best.Id).ToString());
    }
}
