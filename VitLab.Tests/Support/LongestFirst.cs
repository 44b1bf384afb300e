using VitLab.Tests.Browser;
using VitLab.Tests.Faults;
using VitLab.Tests.Support;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace VitLab.Tests.Support;

/// <summary>Starts the two long collections, whose tests run one after another, before everything else: the rest runs beside them and nothing is left to wait for.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] s_longest = [BrowserCollection.Name, FaultCollection.Name];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections) where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(collection => Array.IndexOf(s_longest, collection.TestCollectionDisplayName) is >= 0 and var place ? place : s_longest.Length)];
}
