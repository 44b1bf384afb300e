namespace VitLab.Models;

/// <summary>A device that models can be put on.</summary>
/// <param name="Id">"cpu" or "cuda:0", as a choice names it and the engine understands it.</param>
/// <param name="Name">What it is, for people.</param>
/// <param name="Memory">Bytes this program may use of it; null when nobody says.</param>
public sealed record ComputeDevice(string Id, string Name, long? Memory);
