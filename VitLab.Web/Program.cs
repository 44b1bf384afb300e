using VitLab.Web.Cli;

return await CommandLine.RunAsync(args);
