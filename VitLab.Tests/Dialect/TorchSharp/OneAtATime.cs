// TorchSharp's random numbers are one stream for the whole process (the managed engine has one for each thread), so tests at the same time would draw from each
// other's, and nothing with a seed would be the same twice.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
