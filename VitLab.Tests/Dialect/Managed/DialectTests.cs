using VitLab.Experiments;
using VitLab.Web.Startup;

namespace VitLab.Tests.Dialect.Managed;

/// <summary>The managed engine speaks TorchSharp's dialect and nothing else, and nothing above it uses more.</summary>
public class DialectTests
{
    private static readonly DialectTable s_table = DialectTable.Load();

    public static TheoryData<string> PublicTypes => new(Engine.PublicTypes.Select(TypeSpelling.Of).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(PublicTypes))]
    public void PublicType_EachMember_IsTorchSharps(string name) =>
        Verdict.Clean(s_table.Strays(Engine.PublicTypes.Single(type => TypeSpelling.Of(type) == name)));

    [Fact]
    public void Differences_EachOne_IsOursAndHasAReason()
    {
        var ours = Engine.PublicTypes.SelectMany(type => MemberSpelling.Members(type).Select(MemberSpelling.Of).Prepend(MemberSpelling.Heading(type))).ToHashSet();

        Verdict.Clean(
            from difference in s_table.Differences
            let parts = difference[1..].Split('#', 2, StringSplitOptions.TrimEntries)
            where parts is not [var line, { Length: > 0 }] || !ours.Contains(line)
            select difference);
    }

    [Fact]
    public void Core_AboveTheEngine_UsesOnlyTheDialect()
    {
        var core = typeof(Experiment).Assembly;

        Verdict.Clean(DialectUses.Strays(s_table, core, core.GetTypes().Where(type => !Engine.Speaks(type) && !DialectUses.IsKernel(type))));
    }

    [Fact]
    public void Web_ItsCode_UsesOnlyTheDialect()
    {
        var web = typeof(LabServices).Assembly;

        Verdict.Clean(DialectUses.Strays(s_table, web, web.GetTypes()));
    }

    [Fact]
    public void Tests_OfEitherEngine_UseOnlyTheDialect()
    {
        string[] ofOne = ["VitLab.Tests.Torch", "VitLab.Tests.Kernels", "VitLab.Tests.Dialect"];
        var tests = typeof(DialectTests).Assembly;

        Verdict.Clean(DialectUses.Strays(s_table, tests, tests.GetTypes().Where(type => !ofOne.Any(name => $"{type.Namespace}.".StartsWith($"{name}.", StringComparison.Ordinal)))));
    }
}
