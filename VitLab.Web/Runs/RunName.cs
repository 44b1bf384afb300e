using System.Security.Cryptography;

namespace VitLab.Web.Runs;

/// <summary>Memorable run ids: adjective, animal, and a number that grows with every run of the lab.</summary>
internal static class RunName
{
    private static readonly string[] s_adjectives =
    [
        "amber", "brave", "bright", "calm", "clever", "cosmic", "curious", "daring", "eager", "fancy", "gentle", "golden", "happy", "jolly", "keen", "lively",
        "lucky", "mellow", "mighty", "nimble", "patient", "polite", "proud", "quick", "quiet", "rapid", "shiny", "silent", "snowy", "steady", "sunny", "swift",
        "tidy", "vivid", "warm", "wise", "witty", "young", "zesty", "bold",
    ];

    private static readonly string[] s_animals =
    [
        "badger", "beaver", "bison", "crane", "dolphin", "eagle", "falcon", "ferret", "finch", "fox", "gecko", "hare", "heron", "ibis", "jackal", "koala", "lemur",
        "llama", "lynx", "marten", "mole", "moose", "newt", "ocelot", "orca", "otter", "owl", "panda", "pika", "puffin", "quail", "rabbit", "raven", "robin", "seal",
        "stoat", "swan", "tapir", "wolf", "wren",
    ];

    public static string Next(int number) =>
        $"{s_adjectives[RandomNumberGenerator.GetInt32(s_adjectives.Length)]}-{s_animals[RandomNumberGenerator.GetInt32(s_animals.Length)]}-{number}";

    /// <summary>The number at the end of an id, or 0.</summary>
    public static int Number(string id) => int.TryParse(id.AsSpan(id.LastIndexOf('-') + 1), out var number) ? number : 0;
}
