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
    public void Choose_WithGpus_FindsTheDevice(string choice, string id) => Assert.Equal(id, s_rich.Choose(choice).Id);

    [Theory]
    [InlineData("auto")]
    [InlineData("cpu")]
    public void Choose_WithoutGpu_IsTheCpu(string choice) => Assert.Same(s_cpu, s_plain.Choose(choice));

    [Fact]
    public void Choose_AGpuTooMany_SaysWhichThereAre()
    {
        var error = Assert.Throws<ArgumentException>(() => s_rich.Choose("cuda:2"));

        Assert.Equal("device: \"cuda:2\" is not there; this build on this machine has cpu, cuda:0, cuda:1.", error.Message);
    }

    [Theory]
    [InlineData("cuda")]
    [InlineData("cuda:0")]
    public void Choose_AGpuWithoutOne_SaysWhatItTakes(string choice)
    {
        var error = Assert.Throws<ArgumentException>(() => s_plain.Choose(choice));

        Assert.StartsWith($"device: \"{choice}\" is not there; this build on this machine has cpu. A GPU takes a build with -p:VitLabEngine=TorchSharp", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("gpu")]
    [InlineData("CPU ")]
    [InlineData("cuda:")]
    [InlineData("cuda:-1")]
    [InlineData("cuda:one")]
    [InlineData("cuda:0:1")]
    public void Choose_AnythingElse_SaysWhatIsExpected(string choice)
    {
        var error = Assert.Throws<ArgumentException>(() => s_rich.Choose(choice));

        Assert.Equal($"device: expected auto, cpu or cuda:N, got \"{choice}\".", error.Message);
    }

    [Fact]
    public void This_TheMachineOfTheTests_NamesItsEngineAndCpu()
    {
        var hardware = Hardware.This;

        Assert.Matches("^(Managed engine|TorchSharp 0\\.107\\.0)$", hardware.Engine);
        Assert.Equal("cpu", hardware.Devices[0].Id);
        Assert.Matches(@"^\d+ processors? · \w+ · .*vectors$", hardware.Devices[0].Name);
        Assert.InRange(hardware.Devices[0].Memory!.Value, 1_000_000, long.MaxValue);
        Assert.Equal(Compute.Used.Id, Compute.Device.ToString());
    }
}
