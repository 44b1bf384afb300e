namespace VitLab.Tests.Faults;

/// <summary>Tests that start whole servers run one after another.</summary>
[CollectionDefinition(Name)]
public sealed class FaultCollection
{
    public const string Name = "Faults";
}
