namespace VitLab.Tests.Dialect.TorchSharp;

/// <summary>The table tells the truth: TorchSharp has everything it says.</summary>
public class DialectTableTests
{
    [Fact]
    public void Table_EachRow_IsInTorchSharp()
    {
        var lines = Engine.PublicTypes.ToDictionary(
            MemberSpelling.Heading,
            type => MemberSpelling.Ancestors(type).Concat(MemberSpelling.Members(type, inherited: true).Select(MemberSpelling.Of)).Prepend(MemberSpelling.Heading(type)).ToHashSet());

        Verdict.Clean(
            from row in DialectTable.Load().TorchSharpRows
            where !lines.TryGetValue(row.Heading, out var own) || !own.Contains(row.Row)
            select $"{row.Heading} has no: {row.Row}");
    }
}
